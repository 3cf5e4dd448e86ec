using ParquetSharp;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Curated;

internal abstract class FixedBuffer<T>(bool nullable, int batchRows) : ColumnBuffer(nullable, batchRows)
    where T : unmanaged
{
    protected T[] Values { get; } = new T[batchRows];

    public override void Dispose()
    {
    }

    protected override void StoreAgain(int index, int values) => Values.AsSpan(index, values).Fill(Values[index - 1]);

    protected override void Write(ColumnWriter writer, int rows, ReadOnlySpan<short> levels)
    {
        var typed = (ColumnWriter<T>)writer;
        if (levels.IsEmpty)
        {
            typed.WriteBatch(Values.AsSpan(0, Count));
        }
        else
        {
            typed.WriteBatch(rows, levels, [], Values.AsSpan(0, Count));
        }
    }
}

internal sealed class BooleanBuffer(bool nullable, int batchRows) : FixedBuffer<bool>(nullable, batchRows)
{
    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        Values[index] = cell.Value != 0;
        return true;
    }

    protected override ulong Fingerprint(int index) => Values[index] ? 1UL : 0;
}

internal sealed class Int32Buffer(bool nullable, int batchRows) : FixedBuffer<int>(nullable, batchRows)
{
    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        Values[index] = (int)cell.Value;
        return true;
    }

    protected override ulong Fingerprint(int index) => (ulong)Values[index];
}

internal sealed class Int64Buffer(bool nullable, int batchRows) : FixedBuffer<long>(nullable, batchRows)
{
    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        Values[index] = cell.Value;
        return true;
    }

    protected override ulong Fingerprint(int index) => (ulong)Values[index];
}

internal sealed class DoubleBuffer(bool nullable, int batchRows) : FixedBuffer<double>(nullable, batchRows)
{
    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        Values[index] = cell.Double;
        return true;
    }

    protected override ulong Fingerprint(int index) => (ulong)BitConverter.DoubleToInt64Bits(Values[index]);
}
