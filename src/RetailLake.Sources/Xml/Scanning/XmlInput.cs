using System.Buffers;
using System.Text.Unicode;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>
/// A window over a stream of UTF-8. Every byte in it is known to be part of a character that XML allows, so the scanner looks for markup only.
/// Behind the window stand zeros, which no document may hold: a scan that runs off its end stops at one.
/// </summary>
internal sealed class XmlInput : IDisposable
{
    /// <summary>A tag, reference or declaration lies in the window as a whole; longer ones are refused.</summary>
    public const int LongestConstruct = 1024 * 1024;

    /// <summary>So far a scan may read behind the window.</summary>
    public const int Padding = XmlStep.Longest;

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(code => code is not ('\t' or '\n' or '\r')).Select(code => (byte)code)]);

    private readonly Stream source;
    private readonly XmlPosition position;
    private byte[] buffer;
    private readonly byte[] tail = new byte[3];
    private int tailLength;
    private long offset;
    private int read;
    private bool endOfSource;

    public XmlInput(Stream source, XmlPosition position, int windowBytes)
    {
        (this.source, this.position) = (source, position);
        buffer = ArrayPool<byte>.Shared.Rent(windowBytes + Padding);
        buffer.AsSpan(0, Padding).Clear();
    }

    public byte[] Buffer => buffer;

    /// <summary>End of the window.</summary>
    public int Filled { get; private set; }

    /// <summary>Nothing comes behind the window.</summary>
    public bool IsLast => endOfSource;

    public ReadOnlySpan<byte> From(int at) => buffer.AsSpan(at, Filled - at);

    /// <summary>A carriage return has been seen.</summary>
    public bool HasCarriageReturns { get; private set; }

    public long OffsetOf(int at) => offset + at;

    /// <returns>Where that offset lies in the window; below 0: before it.</returns>
    public long PlaceOf(long ofDocument) => ofDocument - offset;

    /// <summary>More is needed for what stands at <paramref name="at"/>.</summary>
    public void Require(ref int at)
    {
        if (!Fill(ref at))
        {
            position.Offset = OffsetOf(Filled);
            throw position.Torn();
        }
    }

    /// <summary>Drops what lies before <paramref name="at"/>, moves the rest to the front, and reads on.</summary>
    /// <returns>False: nothing came.</returns>
    public bool Fill(ref int at)
    {
        if (IsLast)
        {
            return false;
        }

        Move(at);
        at = 0;
        var had = Filled;
        while (!endOfSource && read < buffer.Length - Padding)
        {
            var more = source.Read(buffer, read, buffer.Length - Padding - read);
            endOfSource = more == 0;
            read += more;
        }

        Admit(had);
        return Filled > had;
    }

    public void Dispose()
    {
        source.Dispose();
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private void Move(int from)
    {
        var kept = Filled - from;
        if (kept > (buffer.Length - Padding) / 2)
        {
            if (kept > LongestConstruct)
            {
                throw position.TooLarge($"a tag, reference or instruction of more than {LongestConstruct:N0} bytes");
            }

            var larger = ArrayPool<byte>.Shared.Rent((2 * buffer.Length) + Padding);
            buffer.AsSpan(from, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(from, kept).CopyTo(buffer);
        }

        tail.AsSpan(0, tailLength).CopyTo(buffer.AsSpan(kept));
        (Filled, read, offset) = (kept, kept + tailLength, offset + from);
    }

    /// <summary>Takes the bytes that were read into the window, as far as they are whole characters.</summary>
    private void Admit(int start)
    {
        tailLength = endOfSource ? 0 : Utf8Text.IncompleteTail(buffer.AsSpan(start, read - start));
        var fresh = buffer.AsSpan(start, read - tailLength - start);
        var kinds = ByteKindsOf.Text(fresh);
        var isAscii = (kinds & ByteKinds.Others) == 0;
        if (!isAscii && !Utf8.IsValid(fresh))
        {
            var bad = Utf8Text.FirstBad(fresh, out var isCut);
            position.Offset = OffsetOf(start + bad);
            throw endOfSource && isCut ? position.Torn() : position.Damaged("bytes that are not UTF-8");
        }

        if ((kinds & ByteKinds.Controls) != 0)
        {
            var control = fresh.IndexOfAny(Controls);
            position.Offset = OffsetOf(start + control);
            throw position.NotWellFormed($"the control character 0x{fresh[control]:X2}");
        }

        if (!isAscii && Utf8Text.IndexOfNonCharacter(fresh) is >= 0 and var other)
        {
            position.Offset = OffsetOf(start + other);
            throw position.NotWellFormed("the code point U+FFFE or U+FFFF");
        }

        HasCarriageReturns |= (kinds & ByteKinds.CarriageReturns) != 0;
        Filled = read - tailLength;
        buffer.AsSpan(Filled, tailLength).CopyTo(tail);
        buffer.AsSpan(Filled, Padding).Clear();
    }
}
