using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Rows.Drops.Extracts;

/// <summary>
/// Writes rows as a reader gave them, fields and refusals, so that the steps behind landing need not read the document again: in a POSLog nine
/// bytes of ten are no row's. Framing: docs/architecture.md, "Extracts". Allocates nothing per row.
/// </summary>
internal sealed class ExtractWriter(Stream target) : IDisposable
{
    internal const int LengthBytes = sizeof(int);

    /// <summary>Of a varint of 32 bits.</summary>
    private const int MaxVarint = 5;
    private const int BufferBytes = 128 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int used;
    private long unit;

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>The next rows are of another drop.</summary>
    public void BeginDrop() => unit = 0;

    /// <param name="unitNumber">Not below that of the row before.</param>
    public void Write(int table, long unitNumber, LandedRow row)
    {
        var bytes = 0;
        for (var index = 0; index < row.Count; index++)
        {
            bytes += row.Field(index).Length;
        }

        MakeRoom(checked(LengthBytes + (2 * MaxVarint) + (row.Count * MaxVarint) + bytes + RefusalBytes(row)));
        var start = used;
        used += LengthBytes;
        Write((uint)(table << 2) | (row.IsRefused ? 2u : 0) | (row.IsPlainAscii ? 1u : 0));
        Write(checked((uint)(unitNumber - unit)));
        unit = unitNumber;
        for (var index = 0; index < row.Count; index++)
        {
            Write(row.IsNull(index) ? 0 : (uint)row.Field(index).Length + 1);
        }

        if (row.IsRefused)
        {
            WriteRefusals(row);
        }

        for (var index = 0; index < row.Count; index++)
        {
            var field = row.Field(index);
            field.CopyTo(buffer.AsSpan(used));
            used += field.Length;
        }

        var length = used - start;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start), length - LengthBytes);
        Length += length;
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

    private void Write(uint value) => used += Varint.Write(buffer.AsSpan(used), value);

    private void MakeRoom(int wanted)
    {
        if (buffer.Length - used >= wanted)
        {
            return;
        }

        Flush();
        if (buffer.Length < wanted)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(wanted);
        }
    }
}
