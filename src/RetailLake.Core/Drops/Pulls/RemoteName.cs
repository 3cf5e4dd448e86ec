using System.Text;
using System.Text.Json.Serialization;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>The name of a file on a sender's server, byte for byte. It is hostile input: it is sent back to that server, and is data everywhere else.</summary>
/// <param name="Raw">One character per byte (Latin-1), so that a name in any encoding finds its file again.</param>
public sealed record RemoteName(string Raw)
{
    private const int MaxBytes = 255;
    private const char TelnetEscape = '\u00FF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>For drops, patterns and people: UTF-8 where it is that, and <c>%E9</c> for bytes that are not and for control characters.</summary>
    [JsonIgnore]
    public string Text => TextOf(Raw);

    /// <summary>Why the name cannot be asked for; null when it can.</summary>
    [JsonIgnore]
    public string? Problem => Raw switch
    {
        "" => "empty",
        "." or ".." => "a folder's own name",
        { Length: > MaxBytes } => "longer than 255 bytes",
        _ when Raw.AsSpan().ContainsAny("\r\n\0") => "a line end or NUL in it",
        _ when Raw.AsSpan().ContainsAny('/', '\\') => "a path",
        _ when Raw.Contains(TelnetEscape, StringComparison.Ordinal) => "a byte that is a command on an FTP connection",
        _ => null,
    };

    /// <summary>A name as a contract has it.</summary>
    public static RemoteName Of(string text) => new(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));

    private static string TextOf(string raw)
    {
        var bytes = Encoding.Latin1.GetBytes(raw);
        try
        {
            var text = Strict.GetString(bytes);
            return text.Any(char.IsControl) ? Escaped(text, char.IsControl) : text;
        }
        catch (DecoderFallbackException)
        {
            return Escaped(raw, character => character is < ' ' or >= '\u007F');
        }
    }

    private static string Escaped(string text, Predicate<char> escapes)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (escapes(character) || character == '%')
            {
                escaped.Append('%').Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }
}
