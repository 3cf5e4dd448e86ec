namespace RetailLake.Core.Contracts.Compile;

/// <summary><c>atMost</c> and <c>atLeast</c>: the other column must exist and be comparable exactly.</summary>
internal static class Comparisons
{
    public static void Check(IReadOnlyList<DeclaredColumn> columns, ProblemList problems)
    {
        foreach (var (column, rule) in columns.SelectMany(column => column.Column.Rules.Where(rule => rule.Kind is "atMost" or "atLeast").Select(rule => (column, rule))))
        {
            var other = columns.FirstOrDefault(candidate => candidate.Column.Name == rule.Arg);
            if (other is null || other == column || !IsComparable(column.Column.Type, other.Column.Type))
            {
                problems.Add(column.At["quality"]!, $"Found '{rule.Kind}: {Yaml.Printable.Of(rule.Arg ?? "")}' on '{column.Column.Name}' ({column.Column.Type.SourceType}), expected another column of the table that is also a number, or also a date or timestamp.", "Correct the column's name.");
            }
        }
    }

    private static bool IsComparable(ColumnType left, ColumnType right)
    {
        if (IsExact(left) && IsExact(right))
        {
            var scale = Math.Max(left.Scale, right.Scale);
            return WholeDigits(left) + scale <= 38 && WholeDigits(right) + scale <= 38;
        }

        return (IsInstant(left) && IsInstant(right)) || (left.Kind is ColumnKind.Time or ColumnKind.Double && left.Kind == right.Kind);
    }

    private static bool IsExact(ColumnType type) => type.Kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal;

    private static bool IsInstant(ColumnType type) => type.Kind is ColumnKind.Date or ColumnKind.Timestamp;

    private static int WholeDigits(ColumnType type) => type.Kind == ColumnKind.Decimal ? type.Precision - type.Scale : 19;
}
