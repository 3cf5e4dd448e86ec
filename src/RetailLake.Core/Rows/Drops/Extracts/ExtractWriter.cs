using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Rows.Drops.Extracts;

/// <summary>
/// Writes rows as a reader gave them, fields and refusals, so that the steps behind landing need not read the document again: in a POSLog nine
/// bytes of ten are no row's. Framing: docs/architecture.md, "Extracts". Allocates nothing per row.
/// </summary>
/// <param name="tables">Of the contract.</param>
internal sealed class ExtractWriter(Stream target, int tables) : IDisposable
{
    internal const int LengthBytes = sizeof(int);

    /// <summary>Of a varint of 32 bits.</summary>
    private const int MaxVarint = 5;

    /// <summary>Of one of 64.</summary>
    private const int MaxLongVarint = 10;
    private const int BufferBytes = 128 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int used;
    private long unit;

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>The next rows are of another drop.</summary>
    public void BeginDrop() => unit = 0;

    /// <param name="unitNumber">Not below that of the row before.</param>
    /// <remarks>Fields that repeat are not written: the reader has them from the row before.</remarks>
    public void Write(int table, long unitNumber, LandedRow row)
    {
        // The head, then the fields: how long they are together is known when their lengths have been written.
        MakeRoom(checked(LengthBytes + (2 * MaxVarint) + MaxLongVarint + (row.Count * MaxVarint) + RefusalBytes(row)), kept: 0);
        var start = used;
        used += LengthBytes;
        var repeats = row.Repeats;
        Write((uint)((repeats == 0 ? table : tables + table) << 2) | (row.IsRefused ? 2u : 0) | (row.IsPlainAscii ? 1u : 0));
        Write(checked((uint)(unitNumber - unit)));
        unit = unitNumber;
        if (repeats != 0)
        {
            used += Varint.Write(buffer.AsSpan(used), repeats);
        }

        var bytes = 0;
        for (var index = 0; index < row.Count; index++)
        {
            if (!ColumnBits.Has(repeats, index))
            {
                var length = row.Length(index);
                Write((uint)(length + 1));
                bytes = checked(bytes + Math.Max(length, 0));
            }
        }

        if (row.IsRefused)
        {
            WriteRefusals(row);
        }

        var head = used - start;
        MakeRoom(bytes, kept: head);
        start = used - head;
        var room = buffer.AsSpan(used, bytes);
        for (var index = 0; index < row.Count; index++)
        {
            if (!ColumnBits.Has(repeats, index))
            {
                var field = row.Field(index);
                field.CopyTo(room);
                room = room[field.Length..];
            }
        }

        used += bytes;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start), head + bytes - LengthBytes);
        Length += head + bytes;
    }

    public void Flush()
    {
        target.Write(buffer, 0, used);
        used = 0;
    }

    public void Dispose()
    {
        var rented = Interlocked.Exchange(ref buffer, []);
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int RefusalBytes(LandedRow row)
    {
        if (!row.IsRefused)
        {
            return 0;
        }

        var bytes = MaxVarint + OfReason(row.RowRefusal);
        for (var index = 0; index < row.Count; index++)
        {
            bytes += OfReason(row.Refusal(index));
        }

        return bytes;

        static int OfReason(RejectReason? reason) =>
            reason is null ? 0 : (3 * MaxVarint) + Encoding.UTF8.GetByteCount(reason.Code) + Encoding.UTF8.GetByteCount(reason.Expected);
    }

    /// <summary>Their number, then of each: 0 for the row or the column's number, code and expectation.</summary>
    private void WriteRefusals(LandedRow row)
    {
        var count = row.RowRefusal is null ? 0u : 1;
        for (var index = 0; index < row.Count; index++)
        {
            count += row.Refusal(index) is null ? 0u : 1;
        }

        Write(count);
        Write(0, row.RowRefusal);
        for (var index = 0; index < row.Count; index++)
        {
            Write((uint)index + 1, row.Refusal(index));
        }
    }

    private void Write(uint column, RejectReason? reason)
    {
        if (reason is not null)
        {
            Write(column);
            Write(reason.Code);
            Write(reason.Expected);
        }
    }

    private void Write(string text)
    {
        Write((uint)Encoding.UTF8.GetByteCount(text));
        used += Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
    }

    private void Write(uint value)
    {
        if (value < 0x80)
        {
            buffer[used++] = (byte)value;
        }
        else
        {
            used += Varint.Write(buffer.AsSpan(used), value);
        }
    }

    /// <param name="kept">So many bytes written last stay in the buffer: a row is not complete yet.</param>
    private void MakeRoom(int wanted, int kept)
    {
        if (buffer.Length - used >= wanted)
        {
            return;
        }

        target.Write(buffer, 0, used - kept);
        var larger = checked(kept + wanted) > buffer.Length ? ArrayPool<byte>.Shared.Rent(kept + wanted) : buffer;
        buffer.AsSpan(used - kept, kept).CopyTo(larger);
        if (larger != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        used = kept;
    }
}
