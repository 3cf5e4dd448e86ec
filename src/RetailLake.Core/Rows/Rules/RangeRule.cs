using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>Inclusive bounds over a number, date or time of 64 bits; exclusive and over-scale bounds were made inclusive before.</summary>
internal sealed class RangeRule(Int128 minimum, Int128 maximum, string expected) : ValueRule(new RejectReason(RejectCode.Range, expected))
{
    // An empty range when no value of 64 bits can hold.
    private readonly long lowest = minimum > long.MaxValue ? long.MaxValue : (long)Int128.Max(minimum, long.MinValue);
    private readonly long highest = minimum > long.MaxValue || maximum < long.MinValue ? long.MinValue : (long)Int128.Min(maximum, long.MaxValue);

    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) => cell.Value >= lowest && cell.Value <= highest;
}

/// <summary>Inclusive bounds over a decimal of more than 18 digits.</summary>
internal sealed class WideRangeRule(Int128 minimum, Int128 maximum, string expected) : ValueRule(new RejectReason(RejectCode.Range, expected))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) => cell.Wide >= minimum && cell.Wide <= maximum;
}

/// <summary>Bounds over a floating-point number.</summary>
internal sealed class DoubleRangeRule(Func<double, bool> holds, string expected) : ValueRule(new RejectReason(RejectCode.Range, expected))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) => holds(cell.Double);
}
