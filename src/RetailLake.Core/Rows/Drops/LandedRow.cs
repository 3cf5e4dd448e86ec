using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RetailLake.Core.Rows.Drops;

/// <summary>
/// The current row of a reader: for each column of the table a field that lies in the reader's buffer, or where the reader rewrote it
/// (unquoted, transcoded, brought to the lake's form) in the row's own scratch. Spans hold until the reader's next row. Allocates nothing per row.
/// </summary>
public sealed class LandedRow(int columns) : IDisposable
{
    private const int Absent = -1;

    private readonly Place[] places = new Place[columns];
    private readonly RejectReason?[] refusals = new RejectReason?[columns];
    private byte[] buffer = [];
    private byte[] scratch = ArrayPool<byte>.Shared.Rent(4096);
    private int used;

    /// <summary>1-based number of the row in its table and drop.</summary>
    public long Number { get; private set; }

    /// <summary>Whether every field is known to be ASCII without NUL.</summary>
    public bool IsPlainAscii { get; set; }

    /// <summary>Bits of the columns whose field is that of the table's row before: of a bill's lines its key. Where the reader does not know it, none are set.</summary>
    public ulong Repeats { get; private set; }

    /// <summary>Any refusal, of a field or of the row.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Why the row's record has no fields to speak of (another number of columns); null when it has.</summary>
    public RejectReason? RowRefusal { get; private set; }

    public int Count => columns;

    public ReadOnlySpan<byte> Field(int index)
    {
        var (start, length) = places[index];
        return length <= 0 ? [] : start >= 0 ? buffer.AsSpan(start, length) : scratch.AsSpan(~start, length);
    }

    public bool IsNull(int index) => places[index].Length == Absent;

    /// <summary>Of the field; -1 for NULL.</summary>
    internal int Length(int index) => places[index].Length;

    /// <summary>Why the field is no value although its bytes may look like one; its bytes are as they were written.</summary>
    public RejectReason? Refusal(int index) => IsRefused ? refusals[index] : null;

    /// <summary>Begins a row over the reader's buffer; all fields are NULL.</summary>
    public void Begin(byte[] source, long number)
    {
        (buffer, Number, used, IsPlainAscii, Repeats) = (source, number, 0, false, 0);
        Array.Fill(places, new(0, Absent));
        if (IsRefused)
        {
            Array.Clear(refusals);
            (IsRefused, RowRefusal) = (false, null);
        }
    }

    /// <summary>Begins a row that has some fields of the row before, which was not refused; all others are NULL.</summary>
    /// <param name="source">Holds what the row before had in it at the same places, unless <see cref="Detach"/> was called.</param>
    /// <param name="repeats">Bits of the columns that stay as they are; of a row with more than <see cref="ColumnBits.Most"/> columns none.</param>
    public void BeginLike(byte[] source, long number, ulong repeats)
    {
        (buffer, Number, used, IsPlainAscii, Repeats) = (source, number, 0, false, repeats);
        for (var index = 0; index < places.Length; index++)
        {
            ref var place = ref places[index];
            if (!ColumnBits.Has(repeats, index))
            {
                place = new(0, Absent);
            }
            else if (place.Start < 0)
            {
                used = Math.Max(used, ~place.Start + place.Length);
            }
        }
    }

    /// <summary>The reader's buffer is about to change: what the row has in it becomes the row's own.</summary>
    public void Detach()
    {
        var own = ArrayPool<byte>.Shared.Rent(Math.Max(4096, places.Sum(place => Math.Max(place.Length, 0))));
        used = 0;
        for (var index = 0; index < places.Length; index++)
        {
            var length = places[index].Length;
            if (length >= 0)
            {
                Field(index).CopyTo(own.AsSpan(used));
                places[index] = new(~used, length);
                used += length;
            }
        }

        ArrayPool<byte>.Shared.Return(scratch);
        scratch = own;
    }

    /// <summary>The field is a part of the reader's buffer.</summary>
    public void Set(int index, int start, int length) => places[index] = new(start, length);

    /// <summary>Columns that follow each other are parts of the reader's buffer, eight at a time; those that are empty are NULL.</summary>
    /// <param name="ends">As many as starts; one that lies before its start is of an empty part.</param>
    /// <returns>Whether any is empty.</returns>
    public bool Set(int first, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
    {
        var into = MemoryMarshal.Cast<Place, ulong>(places.AsSpan(first, starts.Length));
        var (at, count, empty) = (0, Vector256<int>.Count, Vector256<int>.Zero);
        for (var last = into.Length - count; last >= 0 && at < into.Length; at += count)
        {
            // The last eight begin within those before.
            at = Math.Min(at, last);
            var start = Vector256.Create(starts[at..]);
            var length = Vector256.Create(ends[at..]) - start;
            var absent = Vector256.LessThanOrEqual(length, Vector256<int>.Zero);
            (empty, length) = (empty | absent, length | (absent & Vector256.Create(Absent)));
            (Vector256.WidenLower(start.AsUInt32()) | (Vector256.WidenLower(length.AsUInt32()) << 32)).CopyTo(into[at..]);
            (Vector256.WidenUpper(start.AsUInt32()) | (Vector256.WidenUpper(length.AsUInt32()) << 32)).CopyTo(into[(at + (count / 2))..]);
        }

        var isAnyEmpty = empty != Vector256<int>.Zero;
        for (; at < into.Length; at++)
        {
            var length = ends[at] - starts[at];
            isAnyEmpty |= length <= 0;
            places[first + at] = new(starts[at], length <= 0 ? Absent : length);
        }

        return isAnyEmpty;
    }

    public void SetNull(int index) => places[index] = new(0, Absent);

    /// <summary>Room for a rewritten field; <see cref="EndScratch"/> must follow. Spans given out before are invalid when it grew.</summary>
    public Span<byte> BeginScratch(int maximumLength)
    {
        if (scratch.Length - used < maximumLength)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + maximumLength, 2 * scratch.Length));
            scratch.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(scratch);
            scratch = larger;
        }

        return scratch.AsSpan(used, maximumLength);
    }

    /// <summary>Takes the first bytes of the room given out as the field.</summary>
    public void EndScratch(int index, int length)
    {
        places[index] = new(~used, length);
        used += length;
    }

    public void Refuse(int index, RejectReason reason)
    {
        refusals[index] = reason;
        IsRefused = true;
    }

    /// <summary>The whole record is refused; fields that were set stay readable.</summary>
    public void Refuse(RejectReason reason) => (RowRefusal, IsRefused) = (reason, true);

    public void Dispose()
    {
        if (scratch.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(scratch);
            (scratch, buffer) = ([], []);
        }
    }

    /// <summary>As one number: the start below, the length above.</summary>
    /// <param name="Start">In the reader's buffer; below 0: the complement of where it begins in the scratch.</param>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Place(int Start, int Length);
}
