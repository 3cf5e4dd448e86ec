namespace RetailLake.Core.Rows.Columns;

/// <summary>One parsed value. Text keeps its bytes in the row; numbers and times are here.</summary>
internal struct Cell
{
    /// <summary>Boolean, integer, unscaled decimal, days, microseconds, or the bits of a double.</summary>
    public long Value;

    /// <summary>Upper half of a decimal of more than 18 digits.</summary>
    public long High;

    public CellState State;

    public readonly Int128 Wide => new((ulong)High, (ulong)Value);

    public readonly double Double => BitConverter.Int64BitsToDouble(Value);

    public void SetWide(Int128 value) => (High, Value) = ((long)(value >> 64), (long)value);

    /// <summary>A value of 64 bits, sign-extended so that <see cref="Wide"/> holds for it as well.</summary>
    public void Set(long value) => (High, Value) = (value >> 63, value);
}

internal enum CellState : byte
{
    Value,
    Null,

    /// <summary>The text is no value of the column's type.</summary>
    Bad,
}
