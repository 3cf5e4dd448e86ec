using System.Buffers;
using System.Text;
using System.Text.Unicode;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>Fixed records, each on its line, or of one length without line ends. A slot is a place of the layout; places count characters or bytes.</summary>
internal sealed class FixedScanner : RecordScanner
{
    /// <summary>The least first byte of a character of four bytes, which are two code units in UTF-16.</summary>
    private const byte FourBytes = 0xF0;

    private static readonly RejectReason NotUtf8 = new(RejectCode.Utf8, "text in which characters can be counted");

    private readonly PlaceUnit unit;
    private readonly int recordLength;
    private readonly List<(int Start, int Length)> places = [];

    // Byte index of each place of a record that is not ASCII; one more for its end.
    private int[] indices = [];
    private bool isAscii;

    public FixedScanner(FixedLayout layout, PlaceUnit unit, DropFaults faults, bool mustEndLine, int bufferBytes)
        : base(faults, layout.SubstituteEof, mustEndLine, bufferBytes)
    {
        if (layout.RecordLength < 0)
        {
            throw faults.Contract("Found a negative record length");
        }

        (this.unit, recordLength) = (unit, layout.RecordLength);
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
            if (start > Width)
            {
                Ends[slot] = -1;
                continue;
            }

            Starts[slot] = Locate(start);
            Ends[slot] = Locate(Math.Min(start + length, Width));
        }

        return true;
    }

    private int Locate(int place) => RecordStart + (isAscii ? place : indices[place]);

    /// <returns>False when bytes are no characters: then the width is that of the text before them, in which the record's type may stand.</returns>
    private bool Measure()
    {
        var record = Record;
        isAscii = unit == PlaceUnit.Byte || Ascii.IsValid(record);
        Width = record.Length;
        if (isAscii)
        {
            return true;
        }

        // Text that was brought to UTF-8 is UTF-8, but for bytes without a meaning, which count.
        var isWhole = unit != PlaceUnit.Character || Utf8.IsValid(record);
        var text = isWhole ? record : record[..ValidBytes(record)];
        if (indices.Length <= text.Length)
        {
            indices = new int[Math.Max(text.Length + 1, 2 * indices.Length)];
        }

        var count = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if ((text[index] & 0xC0) != 0x80)
            {
                indices[count++] = index;
                if (unit == PlaceUnit.Utf16 && text[index] >= FourBytes)
                {
                    // A field that ends or begins within the character has half of it, which its column refuses.
                    indices[count++] = index + 2;
                }
            }
        }

        indices[count] = text.Length;
        Width = count;
        return isWhole;
    }

    private static int ValidBytes(ReadOnlySpan<byte> text)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(text[valid..], out _, out var length) == OperationStatus.Done)
        {
            valid += length;
        }

        return valid;
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
        var bytes = unit == PlaceUnit.Byte ? recordLength : BytesOfPlaces();
        if (bytes > Filled - Next)
        {
            return !AtEnd || Next == Filled ? false : throw Faults.Torn(
                $"Found {Filled - Next:N0} bytes after record {RecordNumber:N0} of {Faults.Where}, less than a record of {recordLength:N0}.");
        }

        (RecordStart, RecordEnd, Next) = (Next, Next + bytes, Next + bytes);
        return true;
    }

    /// <returns>Bytes of the next record's places; more than there are when the buffer does not hold them.</returns>
    private int BytesOfPlaces()
    {
        var left = Data.AsSpan(Next, Filled - Next);
        if (left.Length >= recordLength && Ascii.IsValid(left[..recordLength]))
        {
            return recordLength;
        }

        var (at, count) = (0, 0);
        while (count < recordLength)
        {
            if (Rune.DecodeFromUtf8(left[at..], out _, out var length) is var status && status == OperationStatus.NeedMoreData)
            {
                return left.Length + 1;
            }

            if (status != OperationStatus.Done && unit != PlaceUnit.SingleByte)
            {
                throw Faults.Damaged($"Found bytes in record {RecordNumber + 1:N0} of {Faults.Where} that are no character; where the next record begins cannot be told.");
            }

            at += length;
            count += unit == PlaceUnit.Utf16 && length == 4 ? 2 : 1;
        }

        return count == recordLength ? at : throw Faults.Damaged($"Found a character at the end of record {RecordNumber + 1:N0} of {Faults.Where} that reaches into the next; a record has {recordLength:N0} UTF-16 code units.");
    }
}
