using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops;

/// <summary>What a control file states about its drop; null: it states nothing of the kind.</summary>
/// <param name="Rows">Rows of the parent table.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Md5">Lower-case hex.</param>
public sealed record ControlFigures(long? Bytes, long? Rows, string? Sha256, string? Md5)
{
    /// <summary>More is no control file; reading stops there.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether it says which content it speaks of. A bare row count may be of an earlier delivery under the same name, so only its time can say.</summary>
    [JsonIgnore]
    public bool NamesItsContent => this is not { Bytes: null, Sha256: null, Md5: null };

    /// <summary>Reads <c>key=value</c>, <c>key,value</c> or <c>key:value</c> lines; other lines and keys are of no concern.</summary>
    /// <exception cref="FormatException">A key of the contract is missing, stands there twice, or has another form. The message continues "the control file".</exception>
    public static ControlFigures Parse(ControlFile layout, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var values = Values(content);
        return new(
            Number(values, layout.Bytes), Number(values, layout.Rows),
            Hex(values, layout.Sha256, 64), Hex(values, layout.Md5, 32));
    }

    /// <returns>What the file has and the control file does not state; null when they agree. Rows are counted by the reader.</returns>
    public string? Disagreement(long bytes, string sha256, string? md5)
    {
        if (Bytes is { } stated && stated != bytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {bytes:N0} bytes, the control file states {stated:N0}");
        }

        return Sha256 is { } wanted && wanted != sha256 ? $"has SHA-256 {sha256}, the control file states {wanted}"
            : Md5 is { } other && other != md5 ? $"has MD5 {md5}, the control file states {other}"
            : null;
    }

    private static Dictionary<string, string?> Values(ReadOnlySpan<byte> content)
    {
        string text;
        try
        {
            text = Strict.GetString(content.StartsWith("\uFEFF"u8) ? content[3..] : content);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("is not UTF-8");
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.IndexOfAny(['=', ',', ':']) is var at and > 0)
            {
                // A key that stands there twice states nothing.
                var key = line[..at].Trim();
                values[key] = values.ContainsKey(key) ? null : line[(at + 1)..].Trim();
            }
        }

        return values;
    }

    private static long? Number(Dictionary<string, string?> values, string? key) => Value(values, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"has no whole number for '{key}'");

    private static string? Hex(Dictionary<string, string?> values, string? key, int length) => Value(values, key) is not { } text ? null
        : text.Length == length && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant()
        : throw new FormatException($"has no {length} hex digits for '{key}'");

    private static string? Value(Dictionary<string, string?> values, string? key) => key is null ? null
        : !values.TryGetValue(key, out var text) ? throw new FormatException($"has no line for '{key}'")
        : text ?? throw new FormatException($"has more than one line for '{key}'");
}
