using System.Buffers.Binary;
using ParquetSharp;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Curated;

/// <summary>Decimals of 19 to 38 digits: 16 bytes each, two's complement, big-endian.</summary>
internal sealed class WideDecimalBuffer(bool nullable, int batchRows) : ColumnBuffer(nullable, batchRows)
{
    private readonly NativeArena arena = new(batchRows * 16);
    private readonly FixedLenByteArray[] values = new FixedLenByteArray[batchRows];

    public override void Dispose() => arena.Dispose();

    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        BinaryPrimitives.WriteInt128BigEndian(arena.Take(16), cell.Wide);
        return true;
    }

    protected override void StoreAgain(int index, int values)
    {
        for (; values > 0; values--)
        {
            arena.Repeat(16 * (index - 1), 16);
        }
    }

    protected override void Write(ColumnWriter writer, int rows, ReadOnlySpan<short> levels)
    {
        for (var index = 0; index < Count; index++)
        {
            values[index] = new FixedLenByteArray(arena.Start + (16 * index));
        }

        var typed = (ColumnWriter<FixedLenByteArray>)writer;
        if (levels.IsEmpty)
        {
            typed.WriteBatch(values.AsSpan(0, Count));
        }
        else
        {
            typed.WriteBatch(rows, levels, [], values.AsSpan(0, Count));
        }

        arena.Clear();
    }

    protected override ulong Fingerprint(int index) => arena.Fingerprint(16 * index, 16);
}
