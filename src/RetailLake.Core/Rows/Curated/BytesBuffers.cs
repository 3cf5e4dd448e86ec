using ParquetSharp;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Curated;

/// <summary>Values of varying length, one after the other in native memory: the encoder takes pointers, and those must not move.</summary>
internal abstract class BytesBuffer(bool nullable, int batchRows) : ColumnBuffer(nullable, batchRows)
{
    private readonly NativeArena arena = new(8 * batchRows);

    // Offsets until Write turns them into pointers: the arena may move while it grows.
    private readonly ByteArray[] values = new ByteArray[batchRows];

    // Values that point to bytes of another: pages hold them once more.
    private long shared;

    public override long VariableBytes => arena.Length + shared;

    public override void Dispose() => arena.Dispose();

    protected Span<byte> Reserve(int index, int length)
    {
        values[index] = new ByteArray((nint)arena.Length, length);
        return arena.Take(length);
    }

    protected override void StoreAgain(int index, int count)
    {
        var value = values[index - 1];
        values.AsSpan(index, count).Fill(value);
        shared += (long)value.Length * count;
    }

    protected override void Write(ColumnWriter writer, int rows, ReadOnlySpan<short> levels)
    {
        foreach (ref var value in values.AsSpan(0, Count))
        {
            value = new ByteArray(arena.Start + value.Pointer, value.Length);
        }

        var typed = (ColumnWriter<ByteArray>)writer;
        if (levels.IsEmpty)
        {
            typed.WriteBatch(values.AsSpan(0, Count));
        }
        else
        {
            typed.WriteBatch(rows, levels, [], values.AsSpan(0, Count));
        }

        arena.Clear();
        shared = 0;
    }

    protected override ulong Fingerprint(int index) => arena.Fingerprint((int)values[index].Pointer, values[index].Length);
}

internal sealed class TextBuffer(bool nullable, int batchRows) : BytesBuffer(nullable, batchRows)
{
    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        text.CopyTo(Reserve(index, text.Length));
        return true;
    }
}

internal sealed class HexBuffer(bool nullable, int batchRows) : BytesBuffer(nullable, batchRows)
{
    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell) =>
        Convert.TryToHexStringLower(text, Reserve(index, 2 * text.Length), out _);
}

/// <remarks>A till's bills follow each other with one operator, a customer's with one number: the token made last is taken again for the same value.</remarks>
internal sealed class TokenBuffer(bool nullable, int batchRows, PersonalTokens tokens, string? normalise) : BytesBuffer(nullable, batchRows)
{
    private readonly byte[] last = new byte[64];
    private readonly byte[] lastToken = new byte[ColumnType.TokenBytes];
    private int lastLength = -1;
    private bool lastIsValue;

    public override void Dispose()
    {
        Array.Clear(last);
        base.Dispose();
    }

    protected override bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell)
    {
        var token = Reserve(index, ColumnType.TokenBytes);
        if (text.Length != lastLength || !text.SequenceEqual(last.AsSpan(0, lastLength)))
        {
            lastLength = -1;
            lastIsValue = tokens.TryToken(text, normalise, lastToken);
            if (text.Length <= last.Length)
            {
                text.CopyTo(last);
                lastLength = text.Length;
            }
        }

        lastToken.CopyTo(token);
        return lastIsValue;
    }
}
