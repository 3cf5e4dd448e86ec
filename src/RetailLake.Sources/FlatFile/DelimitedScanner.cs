using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// Delimited records after RFC 4180, with any delimiter, and LF, CRLF or CR at the end of each line. Delimiters, quotes and line ends are found 64 bytes at a time.
/// A quoted field begins with its quote and ends before a delimiter or line end; a quote anywhere else refuses the record, which is then its first line: what lies
/// between a stray quote and the next one are records of their own.
/// </summary>
/// <remarks>
/// Such a record is read again from its second line, yet the time stays in proportion to the text: of two records that are begun on different lines only one can be
/// in quotes at a line end, so those begun anew end on their own line until they have passed the bad quote.
/// </remarks>
internal sealed class DelimitedScanner : RecordScanner
{
    /// <summary>Fields beyond are counted but not kept: no layout has so many.</summary>
    private const int MaximumFields = 65_536;

    private static readonly RejectReason BadQuote = new(RejectCode.Quote, "quotes around whole fields, and doubled within them");

    private readonly byte[] delimiter;
    private readonly byte first;
    private readonly byte quote;
    private readonly bool hasQuote;
    private int scanBase;
    private ulong mask;

    // The current record's first line end within quotes or -1, and the fields before it.
    private int lineEnd;
    private int lineFields;

    public DelimitedScanner(DelimitedLayout layout, DropFaults faults, bool mustEndLine, int bufferBytes)
        : base(faults, layout.SubstituteEof, mustEndLine, bufferBytes)
    {
        if (layout.Delimiter.Length == 0 || layout.Delimiter.AsSpan().ContainsAny('\r', '\n', '\0') || (layout.Quote is { } mark && layout.Delimiter.Contains(mark, StringComparison.Ordinal)))
        {
            throw faults.Contract("Found a delimiter that is empty or holds the quote, a line end or NUL");
        }

        if (layout.Quote is > '\x7F' or < ' ')
        {
            throw faults.Contract("Found a quote that is not a printable ASCII character");
        }

        delimiter = Encoding.UTF8.GetBytes(layout.Delimiter);
        first = delimiter[0];
        hasQuote = layout.Quote is not null;
        quote = hasQuote ? (byte)layout.Quote!.Value : first;
        (Starts, Ends, Quoted) = (new int[64], new int[64], new bool[64]);
    }

    protected override string LongRecord => hasQuote ? ", and a quote that is never closed makes one of all that follows" : "";

    protected override void Moved() => (scanBase, mask) = (Next, Next < Filled ? Specials(ref Data[Next]) : 0);

    protected override bool TryScan()
    {
        ref var data = ref MemoryMarshal.GetArrayDataReference(Data);
        var (bits, block, filled) = (mask, scanBase, Filled);

        // From: where the current field begins, or in quotes where the next special byte may mean something.
        var (fields, start, from, close) = (0, Next, Next, -1);
        var (inQuotes, bad, doubled) = (false, false, false);
        (Refusal, lineEnd) = (null, -1);
        while (true)
        {
            while (bits == 0)
            {
                block += Stride;
                if (block >= filled)
                {
                    return AtEnd && TryEnd(fields, start, close, inQuotes, bad, doubled);
                }

                bits = Specials(ref Unsafe.Add(ref data, block));
            }

            var position = block + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            if (position >= filled)
            {
                return AtEnd && TryEnd(fields, start, close, inQuotes, bad, doubled);
            }

            if (position < from)
            {
                continue;
            }

            var special = Unsafe.Add(ref data, position);
            if (hasQuote && special == quote)
            {
                if (inQuotes)
                {
                    if (position + 1 < filled && Unsafe.Add(ref data, position + 1) == quote)
                    {
                        (doubled, from) = (true, position + 2);
                    }
                    else if (position + 1 < filled || AtEnd)
                    {
                        (inQuotes, close) = (false, position);
                    }
                    else
                    {
                        return false;
                    }
                }
                else if (position == start && !bad)
                {
                    inQuotes = true;
                }
                else if (lineEnd >= 0)
                {
                    return EndLine();
                }
                else
                {
                    bad = true;
                }

                continue;
            }

            if (inQuotes)
            {
                if (special is LineFeed or CarriageReturn && lineEnd < 0)
                {
                    (lineEnd, lineFields) = (position, fields);
                }

                continue;
            }

            if (special is LineFeed or CarriageReturn)
            {
                if (special == CarriageReturn && position + 1 == filled && !AtEnd)
                {
                    return false;
                }

                bad |= AddField(ref fields, start, position, close);
                if (bad && lineEnd >= 0)
                {
                    return EndLine();
                }

                (mask, scanBase) = (bits, block);
                EndRecord(fields, position, bad, doubled);
                Next = position + (special == CarriageReturn && position + 1 < filled && Unsafe.Add(ref data, position + 1) == LineFeed ? 2 : 1);
                return true;
            }

            if (delimiter.Length > 1)
            {
                if (position + delimiter.Length > filled && !AtEnd)
                {
                    return false;
                }

                if (!Data.AsSpan(position, filled - position).StartsWith(delimiter))
                {
                    continue;
                }
            }

            bad |= AddField(ref fields, start, position, close);
            if (bad && lineEnd >= 0)
            {
                return EndLine();
            }

            start = from = position + delimiter.Length;
            close = -1;
        }
    }

    /// <summary>What is left has no line end.</summary>
    private bool TryEnd(int fields, int start, int close, bool inQuotes, bool bad, bool doubled)
    {
        if (Next == Filled)
        {
            return false;
        }

        if (inQuotes)
        {
            return lineEnd >= 0 ? EndLine() : throw Faults.Torn($"Found no closing quote in record {RecordNumber + 1:N0}, the last one of {Faults.Where}.");
        }

        bad |= AddField(ref fields, start, Filled, close);
        if (bad && lineEnd >= 0)
        {
            return EndLine();
        }

        EndWithoutLineEnd();
        EndRecord(fields, Filled, bad, doubled);
        Next = Filled;
        (mask, scanBase) = (0, Filled);
        return true;
    }

    /// <summary>Ends a badly quoted record with its first line.</summary>
    private bool EndLine()
    {
        (RecordStart, RecordEnd, Width, Slots) = (Next, lineEnd, lineFields, Math.Min(lineFields, Starts.Length));
        Refusal = BadQuote;
        Next = lineEnd + (Data[lineEnd] == CarriageReturn && lineEnd + 1 < Filled && Data[lineEnd + 1] == LineFeed ? 2 : 1);
        Moved();
        return true;
    }

    /// <param name="close">The closing quote of a quoted field, or -1.</param>
    /// <returns>Whether text stands behind the closing quote.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AddField(ref int fields, int start, int end, int close)
    {
        var index = fields++;
        if ((uint)index >= (uint)Starts.Length && !TryGrow(index))
        {
            return false;
        }

        var isQuoted = close >= 0;
        Starts[index] = isQuoted ? start + 1 : start;
        Ends[index] = isQuoted ? close : end;
        Quoted[index] = isQuoted;
        return isQuoted && close + 1 != end;
    }

    private void EndRecord(int fields, int end, bool bad, bool doubled)
    {
        (RecordStart, RecordEnd, Width, Slots) = (Next, end, fields, Math.Min(fields, Starts.Length));
        Refusal = bad ? BadQuote : null;
        if (doubled && !bad)
        {
            Undouble();
        }
    }

    /// <summary>In place: the buffer is behind this record, and a field only becomes shorter.</summary>
    private void Undouble()
    {
        for (var index = 0; index < Slots; index++)
        {
            var field = Quoted[index] ? Data.AsSpan(Starts[index], Ends[index] - Starts[index]) : default;
            var read = field.IndexOf(quote);
            if (read < 0)
            {
                continue;
            }

            var written = read;
            for (; read < field.Length; read++)
            {
                field[written++] = field[read];
                read += field[read] == quote ? 1 : 0;
            }

            Ends[index] = Starts[index] + written;
        }
    }

    private bool TryGrow(int index)
    {
        if (index >= MaximumFields)
        {
            return false;
        }

        var (starts, ends, quoted) = (Starts, Ends, Quoted);
        Array.Resize(ref starts, 2 * starts.Length);
        Array.Resize(ref ends, 2 * ends.Length);
        Array.Resize(ref quoted, 2 * quoted.Length);
        (Starts, Ends, Quoted) = (starts, ends, quoted);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Specials(ref byte at)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref at);
            return (Vector512.Equals(bytes, Vector512.Create(first)) | Vector512.Equals(bytes, Vector512.Create(quote))
                | Vector512.Equals(bytes, Vector512.Create(LineFeed)) | Vector512.Equals(bytes, Vector512.Create(CarriageReturn))).ExtractMostSignificantBits();
        }

        return Half(ref at) | ((ulong)Half(ref Unsafe.Add(ref at, 32)) << 32);
    }

    private uint Half(ref byte at)
    {
        var bytes = Vector256.LoadUnsafe(ref at);
        return (Vector256.Equals(bytes, Vector256.Create(first)) | Vector256.Equals(bytes, Vector256.Create(quote))
            | Vector256.Equals(bytes, Vector256.Create(LineFeed)) | Vector256.Equals(bytes, Vector256.Create(CarriageReturn))).ExtractMostSignificantBits();
    }
}
