using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>Inclusive bounds over a number, date or time of 64 bits; exclusive and over-scale bounds were made inclusive before.</summary>
internal sealed class RangeRule(Int128 minimum, Int128 maximum, string expected) : ValueRule(new RejectReason(RejectCode.Range, expected))
{
    private readonly long narrowMinimum = (long)Int128.Clamp(minimum, long.MinValue, long.MaxValue);
    private readonly long narrowMaximum = (long)Int128.Clamp(maximum, long.MinValue, long.MaxValue);
    private readonly bool never = minimum > long.MaxValue || maximum < long.MinValue;

    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) =>
        cell.High == cell.Value >> 63
            ? cell.Value >= narrowMinimum && cell.Value <= narrowMaximum && !never
            : cell.Wide >= minimum && cell.Wide <= maximum;
}

/// <summary>Bounds over a floating-point number.</summary>
internal sealed class DoubleRangeRule(Func<double, bool> holds, string expected) : ValueRule(new RejectReason(RejectCode.Range, expected))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) => holds(cell.Double);
}
