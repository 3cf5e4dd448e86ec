using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Rows.Drops.Extracts;

/// <summary>Reads the extract of a slice drop by drop, in its order; parts that no drop is asked for are passed over, and proven with the rest.</summary>
/// <remarks>Everything it says of itself is checked against its bounds; that it is the one that landing wrote shows when <see cref="Finish"/> returns.</remarks>
internal sealed class ExtractReader : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly VerifiedStream stored;
    private readonly string name;
    private readonly LandedRow[] rows;
    private readonly long[] counts;
    private readonly Dictionary<(string Code, string Expected), RejectReason> reasons = [];
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int at;
    private int filled;
    private long position;
    private long end;

    public ExtractReader(VerifiedStream stored, LakeObject listed, Contract contract)
    {
        this.stored = stored;
        name = listed.Key;
        rows = [.. contract.Tables.Select(table => new LandedRow(table.Columns.Count))];
        counts = new long[rows.Length];
    }

    public int TableIndex { get; private set; }

    public LandedRow Row => rows[TableIndex];

    public long UnitNumber { get; private set; }

    /// <summary>Rows of the drop so far, by the index of their table.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>The next rows are this drop's.</summary>
    public void BeginDrop(DropExtract extract)
    {
        if (extract.Start < position || extract.Bytes < 0)
        {
            throw Damaged($"a drop from byte {extract.Start:N0} on");
        }

        while (position < extract.Start)
        {
            Fill(1);
            var skipped = (int)Math.Min(filled - at, extract.Start - position);
            (at, position) = (at + skipped, position + skipped);
        }

        end = extract.Start + extract.Bytes;
        Array.Clear(counts);
        UnitNumber = 0;
    }

    /// <returns>False after the last row of the drop.</returns>
    /// <exception cref="ObjectDamagedException">The bytes are no row.</exception>
    public bool Read()
    {
        if (position == end)
        {
            return false;
        }

        Fill(ExtractWriter.LengthBytes);
        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at));
        if (length < 0 || length > end - position - ExtractWriter.LengthBytes)
        {
            throw Damaged($"a row of {length:N0} bytes");
        }

        Fill(ExtractWriter.LengthBytes + length);
        var row = at + ExtractWriter.LengthBytes;
        (at, position) = (row + length, position + ExtractWriter.LengthBytes + length);
        Parse(row, at);
        return true;
    }

    /// <summary>After the last drop: proves all of the object.</summary>
    public void Finish() => stored.Finish();

    public void Dispose()
    {
        stored.Dispose();
        foreach (var row in rows)
        {
            row.Dispose();
        }

        var rented = Interlocked.Exchange(ref buffer, []);
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Parse(int from, int to)
    {
        var head = Number(ref from, to);
        if (head >> 2 >= 2 * (uint)rows.Length)
        {
            throw Damaged($"a row of table {(head >> 2) + 1}");
        }

        TableIndex = (int)((head >> 2) % (uint)rows.Length);
        UnitNumber += Number(ref from, to);
        var row = rows[TableIndex];
        var repeats = head >> 2 >= (uint)rows.Length ? Repeats(row, ref from, to) : 0;
        counts[TableIndex]++;
        if (repeats == 0)
        {
            row.Begin(buffer, counts[TableIndex]);
        }
        else
        {
            row.BeginLike(buffer, counts[TableIndex], repeats);
        }

        row.IsPlainAscii = (head & 1) != 0;

        // The lengths stand before all bytes: these begin one byte on for each length below 128, as nearly all are.
        var lengths = from;
        from = EndOfNumbers(from, to, row.Count - BitOperations.PopCount(repeats));
        if ((head & 2) != 0)
        {
            Refusals(row, ref from, to);
        }

        for (var index = 0; index < row.Count; index++)
        {
            var length = ColumnBits.Has(repeats, index) ? 0 : Number(ref lengths, to);
            if (length == 0)
            {
                continue;
            }

            if (length - 1 > to - from)
            {
                throw Damaged("a field that goes beyond its row");
            }

            row.Set(index, from, (int)(length - 1));
            from += (int)(length - 1);
        }

        if (from != to)
        {
            throw Damaged("bytes behind the fields of a row");
        }
    }

    /// <summary>Which fields are those of the table's row before.</summary>
    private ulong Repeats(LandedRow row, ref int from, int to)
    {
        var length = Varint.Read(buffer.AsSpan(from, to - from), out var repeats);
        from += length;
        return length > 0 && repeats != 0 && ColumnBits.Fit(repeats, row.Count) && counts[TableIndex] > 0 && !row.IsRefused
            ? repeats
            : throw Damaged("fields said to repeat that no row before has");
    }

    private void Refusals(LandedRow row, ref int from, int to)
    {
        for (var left = Number(ref from, to); left > 0; left--)
        {
            var column = Number(ref from, to);
            var reason = Reason(Text(ref from, to), Text(ref from, to));
            if (column > row.Count)
            {
                throw Damaged($"a refusal of column {column}");
            }

            if (column == 0)
            {
                row.Refuse(reason);
            }
            else
            {
                row.Refuse((int)column - 1, reason);
            }
        }
    }

    private RejectReason Reason(string code, string expected)
    {
        if (!reasons.TryGetValue((code, expected), out var reason))
        {
            reasons[(code, expected)] = reason = new(code, expected);
        }

        return reason;
    }

    private string Text(ref int from, int to)
    {
        var length = Number(ref from, to);
        if (length > to - from)
        {
            throw Damaged("a text that goes beyond its row");
        }

        var text = Encoding.UTF8.GetString(buffer, from, (int)length);
        from += (int)length;
        return text;
    }

    private int EndOfNumbers(int from, int to, int count)
    {
        if (count <= to - from && Ascii.IsValid(buffer.AsSpan(from, count)))
        {
            return from + count;
        }

        for (; count > 0; count--)
        {
            _ = Number(ref from, to);
        }

        return from;
    }

    private uint Number(ref int from, int to)
    {
        if (from < to && buffer[from] < 0x80)
        {
            return buffer[from++];
        }

        var length = Varint.Read(buffer.AsSpan(from, to - from), out var value);
        from += length;
        return length > 0 && value <= uint.MaxValue ? (uint)value : throw Damaged("no number where one stands");
    }

    /// <summary>Makes so many unread bytes lie in the buffer.</summary>
    private void Fill(int wanted)
    {
        if (filled - at >= wanted)
        {
            return;
        }

        foreach (var row in rows)
        {
            row.Detach();
        }

        var target = wanted > buffer.Length ? ArrayPool<byte>.Shared.Rent(wanted) : buffer;
        buffer.AsSpan(at, filled - at).CopyTo(target);
        if (target != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = target;
        }

        (filled, at) = (filled - at, 0);
        while (filled < wanted)
        {
            var count = stored.Read(buffer, filled, buffer.Length - filled);
            filled += count > 0 ? count : throw Damaged("the end");
        }
    }

    private ObjectDamagedException Damaged(string found) => new(
        $"Found {found} at byte {position:N0} of '{name}', expected what its manifest lists.",
        "Nothing was published.",
        "Restore the object from the bucket's versions or a backup, then redrive; or start the work again with 'lake rerun'.");
}
