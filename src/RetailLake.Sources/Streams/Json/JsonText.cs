using System.Buffers.Text;
using System.Text;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Sources.Streams.Json;

/// <summary>A string's characters without their escapes, in a buffer of its own. The scan has proven that the escapes are well-formed, except pairs of surrogates.</summary>
internal sealed class JsonText
{
    /// <summary>Half of a surrogate pair stands alone: there is no UTF-8 for it.</summary>
    public static readonly RejectReason HalfPair = new(RejectCode.Utf8, "UTF-8 text");

    private byte[] buffer = new byte[256];

    /// <summary>The characters of a string token; what escapes stood for may be no ASCII.</summary>
    /// <returns>False: <see cref="HalfPair"/>.</returns>
    public bool TryRead(in JsonValue value, byte[] source, LandedRow row, out ReadOnlySpan<byte> characters)
    {
        characters = value.Of(source);
        if (!value.IsEscaped)
        {
            return true;
        }

        row.IsPlainAscii = false;
        return TryUnescape(characters, out characters);
    }

    /// <returns>False: <see cref="HalfPair"/>.</returns>
    public bool TryUnescape(ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> text)
    {
        // An escape is never longer than what it stands for.
        Reserve(raw.Length);
        var written = 0;
        while (raw.IndexOf((byte)'\\') is var at && at >= 0)
        {
            raw[..at].CopyTo(buffer.AsSpan(written));
            written += at;
            if (!TryTakeEscape(ref raw, at, ref written))
            {
                text = default;
                return false;
            }
        }

        raw.CopyTo(buffer.AsSpan(written));
        text = buffer.AsSpan(0, written + raw.Length);
        return true;
    }

    /// <summary>Room for a value that is made of a string.</summary>
    public Span<byte> Reserve(int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, 2 * buffer.Length)];
        }

        return buffer;
    }

    private bool TryTakeEscape(ref ReadOnlySpan<byte> raw, int at, ref int written)
    {
        var letter = raw[at + 1];
        if (letter != 'u')
        {
            buffer[written++] = letter switch { (byte)'b' => 8, (byte)'f' => 12, (byte)'n' => 10, (byte)'r' => 13, (byte)'t' => 9, _ => letter };
            raw = raw[(at + 2)..];
            return true;
        }

        var (unit, length) = (Unit(raw, at), 6);
        if (char.IsHighSurrogate(unit) && raw.Length >= at + 12 && raw[at + 6] == '\\' && raw[at + 7] == 'u' && Unit(raw, at + 6) is var low && char.IsLowSurrogate(low))
        {
            written += new Rune(unit, low).EncodeToUtf8(buffer.AsSpan(written));
            length = 12;
        }
        else if (Rune.TryCreate(unit, out var rune))
        {
            written += rune.EncodeToUtf8(buffer.AsSpan(written));
        }
        else
        {
            return false;
        }

        raw = raw[(at + length)..];
        return true;
    }

    private static char Unit(ReadOnlySpan<byte> raw, int at)
    {
        _ = Utf8Parser.TryParse(raw.Slice(at + 2, 4), out ushort unit, out _, 'x');
        return (char)unit;
    }
}
