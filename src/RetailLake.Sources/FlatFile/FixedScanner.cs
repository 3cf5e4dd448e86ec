using System.Text;
using System.Text.Unicode;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>Fixed records, each on its line, or of one length without line ends. A slot is a place of the layout; places count characters or bytes.</summary>
internal sealed class FixedScanner : RecordScanner
{
    private static readonly RejectReason NotUtf8 = new(RejectCode.Utf8, "text in which characters can be counted");

    private readonly bool byCharacter;
    private readonly int recordLength;
    private readonly List<(int Start, int Length)> places = [];

    // Byte index of each character of a record that is not ASCII; one more for its end.
    private int[] characters = [];
    private bool isAscii;

    /// <param name="byCharacter">Places count characters of the text; otherwise its bytes.</param>
    public FixedScanner(FixedLayout layout, bool byCharacter, DropFaults faults, bool mustEndLine, int bufferBytes)
        : base(faults, layout.SubstituteEof, mustEndLine, bufferBytes)
    {
        if (layout.RecordLength < 0)
        {
            throw faults.Contract("Found a negative record length");
        }

        (this.byCharacter, recordLength) = (byCharacter, layout.RecordLength);
    }

    /// <returns>The place's slot; equal places have one.</returns>
    public int Place(int position, int length)
    {
        var slot = places.IndexOf((position - 1, length));
        if (slot < 0)
        {
            slot = places.Count;
            places.Add((position - 1, length));
            (Starts, Ends, Quoted) = (new int[places.Count], new int[places.Count], new bool[places.Count]);
        }

        return slot;
    }

    public override bool HasWhole(int slot) => Has(slot) && places[slot].Start + places[slot].Length <= Width;

    protected override bool TryScan()
    {
        if (!(recordLength > 0 ? TryTakeLength() : TryTakeLine()))
        {
            return false;
        }

        Refusal = Measure() ? null : NotUtf8;
        Slots = Starts.Length;
        for (var slot = 0; slot < Slots; slot++)
        {
            var (start, length) = places[slot];
            if (Refusal is not null || start > Width)
            {
                Ends[slot] = -1;
                continue;
            }

            Starts[slot] = Locate(start);
            Ends[slot] = Locate(Math.Min(start + length, Width));
        }

        return true;
    }

    private int Locate(int place) => RecordStart + (isAscii ? place : characters[place]);

    private bool Measure()
    {
        var record = Record;
        isAscii = !byCharacter || Ascii.IsValid(record);
        Width = record.Length;
        if (isAscii)
        {
            return true;
        }

        if (!Utf8.IsValid(record))
        {
            return false;
        }

        if (characters.Length <= record.Length)
        {
            characters = new int[Math.Max(record.Length + 1, 2 * characters.Length)];
        }

        var count = 0;
        for (var index = 0; index < record.Length; index++)
        {
            if ((record[index] & 0xC0) != 0x80)
            {
                characters[count++] = index;
            }
        }

        characters[count] = record.Length;
        Width = count;
        return true;
    }

    private bool TryTakeLine()
    {
        var left = Data.AsSpan(Next, Filled - Next);
        var end = left.IndexOfAny(LineFeed, CarriageReturn);
        if (end >= 0 && (left[end] == LineFeed || end + 1 < left.Length || AtEnd))
        {
            var isPair = left[end] == CarriageReturn && end + 1 < left.Length && left[end + 1] == LineFeed;
            (RecordStart, RecordEnd, Next) = (Next, Next + end, Next + end + (isPair ? 2 : 1));
            return true;
        }

        if (!AtEnd || left.IsEmpty)
        {
            return false;
        }

        EndWithoutLineEnd();
        (RecordStart, RecordEnd, Next) = (Next, Filled, Filled);
        return true;
    }

    private bool TryTakeLength()
    {
        var bytes = byCharacter ? BytesOfCharacters() : recordLength;
        if (bytes > Filled - Next)
        {
            return !AtEnd || Next == Filled ? false : throw Faults.Torn(
                $"Found {Filled - Next:N0} bytes after record {RecordNumber:N0} of {Faults.Where}, less than a record of {recordLength:N0}.");
        }

        (RecordStart, RecordEnd, Next) = (Next, Next + bytes, Next + bytes);
        return true;
    }

    /// <returns>Bytes of the next record's characters; more than there are when the buffer does not hold them.</returns>
    private int BytesOfCharacters()
    {
        var left = Data.AsSpan(Next, Filled - Next);
        if (left.Length >= recordLength && Ascii.IsValid(left[..recordLength]))
        {
            return recordLength;
        }

        var (at, count) = (0, 0);
        while (count < recordLength)
        {
            if (Rune.DecodeFromUtf8(left[at..], out _, out var length) is var status && status == System.Buffers.OperationStatus.NeedMoreData)
            {
                return left.Length + 1;
            }

            if (status != System.Buffers.OperationStatus.Done)
            {
                throw Faults.Damaged($"Found bytes in record {RecordNumber + 1:N0} of {Faults.Where} that are no character; where the next record begins cannot be told.");
            }

            at += length;
            count++;
        }

        return at;
    }
}
