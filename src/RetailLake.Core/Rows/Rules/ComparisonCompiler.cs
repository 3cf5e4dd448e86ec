using RetailLake.Core.Contracts;

namespace RetailLake.Core.Rows.Rules;

/// <summary><c>atMost</c> and <c>atLeast</c>: brings both columns to one unit, exactly.</summary>
internal static class ComparisonCompiler
{
    public static ComparisonRule Compile(IReadOnlyList<ContractColumn> columns, int index, ColumnRule rule)
    {
        var column = columns[index];
        var other = columns.Select((candidate, at) => candidate.Name == rule.Arg ? at : -1).FirstOrDefault(at => at >= 0, -1);
        if (other < 0 || !TryFactors(column.Type, columns[other].Type, out var factor, out var otherFactor))
        {
            throw RuleCompiler.Wrong(column, rule);
        }

        var atMost = rule.Kind == "atMost";
        return new ComparisonRule(
            index, other, factor, otherFactor, column.Type.Kind == ColumnKind.Double, IsNarrow(column.Type) && IsNarrow(columns[other].Type), atMost,
            new RejectReason(atMost ? RejectCode.AtMost : RejectCode.AtLeast, $"{(atMost ? "at most" : "at least")} the value of '{rule.Arg}'"));
    }

    private static bool TryFactors(ColumnType left, ColumnType right, out Int128 factor, out Int128 otherFactor)
    {
        (factor, otherFactor) = (1, 1);
        if (IsNumber(left) && IsNumber(right))
        {
            var scale = Math.Max(Scale(left), Scale(right));
            (factor, otherFactor) = (Columns.PowersOfTen.Wide[scale - Scale(left)], Columns.PowersOfTen.Wide[scale - Scale(right)]);
            return WholeDigits(left) + scale <= 38 && WholeDigits(right) + scale <= 38;
        }

        if (left.Kind == right.Kind)
        {
            return left.Kind is ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time or ColumnKind.Double;
        }

        if (left.Kind == ColumnKind.Date && right.Kind == ColumnKind.Timestamp)
        {
            factor = Columns.ClockTime.MicrosPerDay;
            return true;
        }

        otherFactor = Columns.ClockTime.MicrosPerDay;
        return left.Kind == ColumnKind.Timestamp && right.Kind == ColumnKind.Date;
    }

    private static bool IsNarrow(ColumnType type) => type.Kind != ColumnKind.Double && type is not { Kind: ColumnKind.Decimal, Precision: > 18 };

    private static bool IsNumber(ColumnType type) => type.Kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal;

    private static int Scale(ColumnType type) => type.Kind == ColumnKind.Decimal ? type.Scale : 0;

    private static int WholeDigits(ColumnType type) => type.Kind == ColumnKind.Decimal ? type.Precision - type.Scale : 19;
}
