using System.Buffers;
using System.Numerics;
using System.Text;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// Cuts UTF-8 text into records over one reused buffer. Slot i of the current record lies in [<see cref="Starts"/>[i], <see cref="Ends"/>[i]) of
/// <see cref="Data"/> until the next <see cref="Read"/>. Empty lines are no records.
/// </summary>
internal abstract class RecordScanner : IDisposable
{
    public const int DefaultBufferBytes = 256 * 1024;

    /// <summary>Blocks may look beyond the text by so many bytes.</summary>
    private const int Stride = TextBlock.Length;

    protected const byte LineFeed = (byte)'\n';
    protected const byte CarriageReturn = (byte)'\r';

    private const int MaximumRecordBytes = 64 * 1024 * 1024;
    private const int MaximumBufferBytes = MaximumRecordBytes + DefaultBufferBytes + Stride;
    private const byte Substitute = 0x1A;

    private readonly DropFaults faults;
    private readonly bool substituteEof;
    private readonly bool mustEndLine;
    private Stream source = Stream.Null;

    /// <param name="mustEndLine">The last line end is all the proof there is that the text is complete.</param>
    protected RecordScanner(DropFaults faults, bool substituteEof, bool mustEndLine, int bufferBytes)
    {
        (this.faults, this.substituteEof, this.mustEndLine) = (faults, substituteEof, mustEndLine);
        Data = ArrayPool<byte>.Shared.Rent(bufferBytes + Stride);
    }

    public byte[] Data { get; private set; }

    public int[] Starts { get; protected set; } = [];

    public int[] Ends { get; protected set; } = [];

    public bool[] Quoted { get; protected set; } = [];

    /// <summary>Whether any field of the current record is <see cref="Quoted"/>.</summary>
    public bool HasQuoted { get; protected set; }

    /// <summary>Slots that the current record has.</summary>
    public int Slots { get; protected set; }

    /// <summary>Delimited: fields. Fixed: characters or bytes.</summary>
    public int Width { get; protected set; }

    /// <summary>Why the current record cannot be told apart into fields; null when it can.</summary>
    public RejectReason? Refusal { get; protected set; }

    /// <summary>1-based number of the current record in its document.</summary>
    public long RecordNumber { get; private set; }

    /// <summary>Empty lines of all documents so far.</summary>
    public long EmptyLines { get; protected set; }

    public ReadOnlySpan<byte> Record => Data.AsSpan(RecordStart, RecordEnd - RecordStart);

    /// <summary>Whether the current record is ASCII without NUL.</summary>
    public bool IsPlainAscii => IsSeenPlain || (Ascii.IsValid(Record) && !Record.Contains((byte)0));

    protected int RecordStart { get; set; }

    protected int RecordEnd { get; set; }

    /// <summary>Where what is not read yet begins.</summary>
    protected int Next { get; set; }

    protected int Filled { get; private set; }

    protected bool AtEnd { get; private set; }

    protected DropFaults Faults => faults;

    /// <summary>Whether cutting the record has shown already that it is <see cref="IsPlainAscii"/>.</summary>
    protected virtual bool IsSeenPlain => false;

    /// <summary>What else may have made a record too long, for the message.</summary>
    protected virtual string LongRecord => "";

    /// <summary>Begins the next document.</summary>
    /// <param name="text">UTF-8, not closed.</param>
    public void Open(Stream text, int skipLines)
    {
        source = text;
        (Next, Filled, AtEnd, RecordNumber) = (0, 0, false, 0);
        Fill();
        if (Filled == 0 && mustEndLine)
        {
            throw faults.Torn($"Found no bytes in {faults.Where}; nothing shows that it is meant to be empty.");
        }

        for (var line = 0; line < skipLines; line++)
        {
            SkipLine(skipLines);
        }

        Moved();
    }

    /// <returns>False at the end of the document.</returns>
    public bool Read()
    {
        while (true)
        {
            if (!TryScan())
            {
                if (AtEnd)
                {
                    return false;
                }

                Fill();
                Moved();
                continue;
            }

            if (RecordStart == RecordEnd)
            {
                EmptyLines++;
                continue;
            }

            RecordNumber++;
            return RecordEnd - RecordStart <= MaximumRecordBytes ? true : throw TooLong(RecordNumber);
        }
    }

    /// <summary>Whether the record has the field, or the part of it that a cut record still has.</summary>
    public bool Has(int slot) => slot < Slots && Ends[slot] >= 0;

    /// <summary>Whether the record has all of the field.</summary>
    public virtual bool HasWhole(int slot) => Has(slot);

    public ReadOnlySpan<byte> Field(int slot) => Data.AsSpan(Starts[slot], Ends[slot] - Starts[slot]);

    public void Dispose()
    {
        Release();
        Data = [];
    }

    /// <summary>Finds the record that begins at <see cref="Next"/> and moves Next behind it.</summary>
    /// <returns>False when the buffer does not hold all of it, or nothing is left.</returns>
    protected abstract bool TryScan();

    /// <summary>The text lies elsewhere in the buffer, and there may be more of it.</summary>
    protected virtual void Moved()
    {
    }

    /// <summary>The record that begins at <see cref="Next"/> reaches to the end of the document.</summary>
    protected void EndWithoutLineEnd()
    {
        if (mustEndLine)
        {
            throw faults.Torn($"Found {Filled - Next:N0} bytes after record {RecordNumber:N0} of {faults.Where} without a line end; every record ends with one.");
        }
    }

    private void SkipLine(int skipLines)
    {
        while (true)
        {
            var end = Data.AsSpan(Next, Filled - Next).IndexOfAny(LineFeed, CarriageReturn);
            var isKnown = end >= 0 && (Data[Next + end] == LineFeed || Next + end + 1 < Filled || AtEnd);
            if (isKnown)
            {
                var isPair = Data[Next + end] == CarriageReturn && Next + end + 1 < Filled && Data[Next + end + 1] == LineFeed;
                Next += end + (isPair ? 2 : 1);
                return;
            }

            if (AtEnd)
            {
                throw faults.Format($"Found fewer than {skipLines} lines in {faults.Where}; the contract skips that many.");
            }

            Fill();
        }
    }

    /// <summary>Moves the record begun to the buffer's start and reads until the buffer is full.</summary>
    private void Fill()
    {
        var kept = Filled - Next;
        if (kept > MaximumRecordBytes)
        {
            throw TooLong(RecordNumber + 1);
        }

        if (kept > (Data.Length - Stride) / 2 && Data.Length < MaximumBufferBytes)
        {
            Grow(kept);
        }
        else
        {
            Data.AsSpan(Next, kept).CopyTo(Data);
        }

        (Filled, Next) = (kept, 0);
        while (!AtEnd && Filled < Data.Length - Stride)
        {
            var read = source.Read(Data, Filled, Data.Length - Stride - Filled);
            AtEnd = read == 0;
            Filled += read;
        }

        while (AtEnd && substituteEof && Filled > 0 && Data[Filled - 1] == Substitute)
        {
            Filled--;
        }
    }

    /// <summary>The pool rounds up to powers of two: the last step, which is none, is not pooled, or it would be twice as large as any record.</summary>
    private void Grow(int kept)
    {
        var length = 2 * Data.Length;
        var larger = length < MaximumRecordBytes ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(MaximumBufferBytes);
        Data.AsSpan(Next, kept).CopyTo(larger);
        Release();
        Data = larger;
    }

    private void Release()
    {
        if (BitOperations.IsPow2(Data.Length))
        {
            ArrayPool<byte>.Shared.Return(Data);
        }
    }

    private DropRefusedException TooLong(long record) =>
        faults.TooLarge($"Found more than {MaximumRecordBytes:N0} bytes in record {record:N0} of {faults.Where}; a record may have at most that many{LongRecord}.");
}
