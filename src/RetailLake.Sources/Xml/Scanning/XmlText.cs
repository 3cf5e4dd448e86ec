using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>Brings text and attribute values to what they mean: one kind of line end, references resolved.</summary>
internal sealed class XmlText : IDisposable
{
    private readonly PooledList<byte> scratch = new(1024);

    /// <summary>CR LF and CR become LF.</summary>
    public ReadOnlySpan<byte> Lines(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\r'))
        {
            return text;
        }

        scratch.Cut(0);
        var into = scratch.Add(text.Length);
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\r')
            {
                into[length++] = text[at];
            }
            else if (at + 1 == text.Length || text[at + 1] != '\n')
            {
                into[length++] = (byte)'\n';
            }
        }

        return into[..length];
    }

    /// <summary>Blanks of any kind become spaces, CR LF one; references stay what they are.</summary>
    public ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> value, bool hasReferences)
    {
        if (!hasReferences && value.IndexOfAny((byte)'\t', (byte)'\n', (byte)'\r') < 0)
        {
            return value;
        }

        scratch.Cut(0);
        var into = scratch.Add(value.Length);
        var length = 0;
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '&')
            {
                XmlReference.TryRead(value[at..], out var character, out var taken);
                length += character.EncodeToUtf8(into[length..]);
                at += taken - 1;
            }
            else if (value[at] != '\r' || at + 1 == value.Length || value[at + 1] != '\n')
            {
                into[length++] = Bytes.IsBlank(value[at]) ? (byte)' ' : value[at];
            }
        }

        return into[..length];
    }

    public void Dispose() => scratch.Dispose();
}
