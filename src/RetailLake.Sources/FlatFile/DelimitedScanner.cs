using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
internal sealed class DelimitedScanner : FieldScanner
{
    private static readonly RejectReason BadQuote = new(RejectCode.Quote, "quotes around whole fields, and doubled within them");

    private readonly byte[] delimiter;
    private readonly byte quote;
    private readonly bool hasQuote;
    private readonly SpecialBytes specials;
    private bool isSeenPlain;

    // In the list of special bytes: that before Next, and the first line end behind it.
    private int before;
    private int line;

    // The current record's first line end within quotes or -1, and the fields before it.
    private int lineEnd;
    private int lineFields;

    public DelimitedScanner(DelimitedLayout layout, DropFaults faults, bool mustEndLine, int bufferBytes)
        : this(layout, Delimiter(layout, faults), faults, mustEndLine, bufferBytes)
    {
    }

    private DelimitedScanner(DelimitedLayout layout, byte[] delimiter, DropFaults faults, bool mustEndLine, int bufferBytes)
        : base(faults, layout.SubstituteEof, mustEndLine, bufferBytes)
    {
        (this.delimiter, hasQuote, quote) = (delimiter, layout.Quote is not null, (byte)(layout.Quote ?? default));
        specials = new(delimiter[0], (byte?)layout.Quote);
    }

    protected override string LongRecord => hasQuote ? ", and a quote that is never closed makes one of all that follows" : "";

    protected override bool IsSeenPlain => isSeenPlain;

    protected override void Moved() => specials.Clear();

    protected override bool TryScan()
    {
        (Refusal, lineEnd) = (null, -1);
        ForgetQuoted();
        Seek();
        if (delimiter.Length > 1 || line >= specials.Lines)
        {
            return TryScanFields();
        }

        var index = specials.LineEnds[line];
        var end = specials.Positions[index];
        var hasQuotes = !specials.AreUnquoted(Next, end);
        if (hasQuotes && !specials.AreWellQuoted(Next, end))
        {
            return TryScanFields();
        }

        if (Data[end] == CarriageReturn && end + 1 == Filled && !AtEnd)
        {
            return false;
        }

        // Every delimiter of one byte that is not in quotes ends a field.
        var fields = index - before;
        if (hasQuotes)
        {
            SetQuotedFields(specials.Positions.Slice(before, fields + 1), fields, quote);
        }
        else
        {
            SetFields(specials.Positions.Slice(before, fields + SpareFields), fields);
        }

        EndRecord(fields, end, bad: false, doubled: hasQuotes && specials.MayBeDoubled(Next, end));
        EndAt(index);
        return true;
    }

    /// <summary>Field by field: there may be bad quotes, or a delimiter of several bytes, or the list does not have all of the record.</summary>
    private bool TryScanFields()
    {
        if (!specials.AreAll)
        {
            specials.Find(Data, Next, Filled, fieldEnds: false);
            (before, line) = (0, 0);
        }

        ref var data = ref MemoryMarshal.GetArrayDataReference(Data);
        var filled = Filled;
        var positions = specials.Positions;

        // From: where the current field begins, or in quotes where the next special byte may mean something.
        var (fields, start, from, close) = (0, Next, Next, -1);
        var index = before + 1;
        var (inQuotes, bad, doubled) = (false, false, false);
        while (true)
        {
            if (index >= specials.Count)
            {
                if (specials.End >= filled)
                {
                    return AtEnd && TryEnd(fields, start, close, inQuotes, bad, doubled);
                }

                specials.Find(Data, specials.End, filled, fieldEnds: false);
                (index, before, line) = (1, int.MaxValue, 0);
                continue;
            }

            var position = positions[index++];
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

                EndRecord(fields, position, bad, doubled);
                EndAt(index - 1);
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
        return true;
    }

    /// <summary>Ends a badly quoted record with its first line.</summary>
    private bool EndLine()
    {
        (RecordStart, RecordEnd, Width, Slots) = (Next, lineEnd, lineFields, Math.Min(lineFields, Starts.Length));
        (Refusal, isSeenPlain) = (BadQuote, false);
        Next = BehindLine(lineEnd);
        return true;
    }

    private void EndRecord(int fields, int end, bool bad, bool doubled)
    {
        (RecordStart, RecordEnd, Width, Slots) = (Next, end, fields, Math.Min(fields, Starts.Length));
        Refusal = bad ? BadQuote : null;
        isSeenPlain = specials.ArePlain(Next, end);
        if (doubled && !bad)
        {
            Undouble(quote);
        }
    }

    /// <summary>Finds the byte before <see cref="RecordScanner.Next"/> in the list. A record that the list does not hold to its end, and could, begins a new one.</summary>
    private void Seek()
    {
        if (before >= specials.Count || specials.Positions[before] != Next - 1)
        {
            before = specials.IndexOf(Next - 1);
            line = before < 0 ? 0 : specials.LineBehind(before);
        }

        if (before < 0 || (line >= specials.Lines && before > 0 && specials.End < Filled))
        {
            specials.Find(Data, Next, Filled, fieldEnds: delimiter.Length == 1);
            (before, line) = (0, 0);
        }
    }

    /// <summary>Goes on behind a line end.</summary>
    private void EndAt(int index)
    {
        var end = specials.Positions[index];
        Next = BehindLine(end);
        before = index + Next - end - 1;
        while (line < specials.Lines && specials.LineEnds[line] <= before)
        {
            line++;
        }
    }

    /// <summary>Where the line behind a line end begins.</summary>
    private int BehindLine(int end) => end + (Data[end] == CarriageReturn && end + 1 < Filled && Data[end + 1] == LineFeed ? 2 : 1);

    /// <exception cref="Core.Errors.ContractInvalidException">No text can be cut by it.</exception>
    private static byte[] Delimiter(DelimitedLayout layout, DropFaults faults)
    {
        if (layout.Delimiter.Length == 0 || layout.Delimiter.AsSpan().ContainsAny('\r', '\n', '\0') || (layout.Quote is { } mark && layout.Delimiter.Contains(mark, StringComparison.Ordinal)))
        {
            throw faults.Contract("Found a delimiter that is empty or holds the quote, a line end or NUL");
        }

        return layout.Quote is > '\x7F' or < ' '
            ? throw faults.Contract("Found a quote that is not a printable ASCII character")
            : Encoding.UTF8.GetBytes(layout.Delimiter);
    }
}
