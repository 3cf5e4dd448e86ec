using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>A value against another column of its row; it holds when either is NULL or refused.</summary>
internal sealed class ComparisonRule(int column, int other, Int128 factor, Int128 otherFactor, bool isDouble, bool isNarrow, bool atMost, RejectReason reason)
{
    public int Column { get; } = column;

    private readonly bool isPlain = isNarrow && factor == 1 && otherFactor == 1;

    public RejectReason Reason { get; } = reason;

    public bool Holds(ReadOnlySpan<Cell> row)
    {
        ref readonly var left = ref row[Column];
        ref readonly var right = ref row[other];
        if (left.State != CellState.Value || right.State != CellState.Value)
        {
            return true;
        }

        if (isPlain)
        {
            return atMost ? left.Value <= right.Value : left.Value >= right.Value;
        }

        var order = isDouble ? left.Double.CompareTo(right.Double) : (left.Wide * factor).CompareTo(right.Wide * otherFactor);
        return atMost ? order <= 0 : order >= 0;
    }
}
