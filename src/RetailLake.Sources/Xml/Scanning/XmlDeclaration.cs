namespace RetailLake.Sources.Xml.Scanning;

/// <summary><c>version="1.0" encoding="…" standalone="…"</c>: what stands between <c>&lt;?xml</c> and <c>?&gt;</c>.</summary>
internal ref struct XmlDeclaration(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;
    private ReadOnlySpan<byte> name;
    private ReadOnlySpan<byte> value;

    public static bool IsSound(ReadOnlySpan<byte> text) => new XmlDeclaration(text).Read(out _);

    /// <returns>Empty: it names none, or is not sound.</returns>
    public static ReadOnlySpan<byte> EncodingOf(ReadOnlySpan<byte> text) => new XmlDeclaration(text).Read(out var encoding) ? encoding : [];

    private bool Read(out ReadOnlySpan<byte> encoding)
    {
        encoding = [];
        if (!Next() || !name.SequenceEqual("version"u8) || !value.SequenceEqual("1.0"u8))
        {
            return false;
        }

        if (rest.Trim(Blanks).IsEmpty)
        {
            return true;
        }

        if (!Next())
        {
            return false;
        }

        if (name.SequenceEqual("encoding"u8))
        {
            encoding = value;
            if (!IsEncodingName(value))
            {
                return false;
            }

            if (rest.Trim(Blanks).IsEmpty)
            {
                return true;
            }

            if (!Next())
            {
                return false;
            }
        }

        return name.SequenceEqual("standalone"u8) && (value.SequenceEqual("yes"u8) || value.SequenceEqual("no"u8)) && rest.Trim(Blanks).IsEmpty;
    }

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private bool Next()
    {
        var trimmed = rest.TrimStart(Blanks);
        var equals = trimmed.IndexOf((byte)'=');
        if (trimmed.Length == rest.Length || equals < 0)
        {
            return false;
        }

        name = trimmed[..equals].TrimEnd(Blanks);
        trimmed = trimmed[(equals + 1)..].TrimStart(Blanks);
        if (trimmed is not [(byte)'"' or (byte)'\'', ..])
        {
            return false;
        }

        var length = trimmed[1..].IndexOf(trimmed[0]);
        if (length < 0)
        {
            return false;
        }

        value = trimmed.Slice(1, length);
        rest = trimmed[(length + 2)..];
        return true;
    }

    private static bool IsEncodingName(ReadOnlySpan<byte> name)
    {
        foreach (var one in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one is not ((byte)'.' or (byte)'_' or (byte)'-'))
            {
                return false;
            }
        }

        return name is [var first, ..] && char.IsAsciiLetter((char)first);
    }
}
