using System.Globalization;
using System.Text;

namespace RetailLake.Core.Drops;

/// <summary>Keys as S3 writes them in event notifications: form encoding of UTF-8 (<c>+</c> is a space, <c>%2B</c> a plus), slashes left alone.</summary>
public static class ObjectKeys
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The key, or null for text that S3 does not write: a broken escape, or bytes that are no UTF-8.</returns>
    public static string? Decode(string encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        var bytes = new List<byte>(encoded.Length);
        for (var index = 0; index < encoded.Length; index++)
        {
            switch (encoded[index])
            {
                case '+':
                    bytes.Add((byte)' ');
                    break;
                case '%' when byte.TryParse(encoded.AsSpan(index + 1, Math.Min(2, encoded.Length - index - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                    && index + 2 < encoded.Length:
                    bytes.Add(value);
                    index += 2;
                    break;
                case > ' ' and < '\u007f' and not '%':
                    bytes.Add((byte)encoded[index]);
                    break;
                default:
                    return null;
            }
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static string Encode(string key)
    {
        var encoded = new StringBuilder(key.Length);
        foreach (var value in Strict.GetBytes(key))
        {
            _ = value is (byte)' ' ? encoded.Append('+')
                : char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'*' or (byte)'/' ? encoded.Append((char)value)
                : encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return encoded.ToString();
    }
}
