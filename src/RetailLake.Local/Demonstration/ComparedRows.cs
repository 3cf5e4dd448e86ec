using RetailLake.Core.Contracts;

namespace RetailLake.Local.Demonstration;

/// <summary>Which rows of a source's table the warehouse should hold: those that are not marked deleted, and whose parent is not.</summary>
internal static class ComparedRows
{
    /// <returns>A condition in MySQL's SQL over alias <c>t</c>, or null for all rows.</returns>
    public static string? Living(Contract contract, ContractTable table)
    {
        if (contract.Extract.Deletes != DeletePolicy.Soft)
        {
            return null;
        }

        var own = table.SoftDeleteColumn is { } column ? Unmarked("t", table.Column(column)) : null;
        var parent = contract.Parent;
        if (table == parent || parent.SoftDeleteColumn is not { } mark)
        {
            return own;
        }

        var joined = string.Join(" AND ", table.ParentKey.Select((name, index) => $"p.`{parent.Column(parent.Key[index]).SourceName}` = t.`{table.Column(name).SourceName}`"));
        var living = $"EXISTS (SELECT 1 FROM `{parent.SourceName}` p WHERE {joined} AND {Unmarked("p", parent.Column(mark))})";
        return own is null ? living : $"{own} AND {living}";
    }

    private static string Unmarked(string alias, ContractColumn column) => column.Type.Kind is ColumnKind.Boolean or ColumnKind.Int32 or ColumnKind.Int64
        ? $"COALESCE({alias}.`{column.SourceName}`, 0) = 0"
        : $"{alias}.`{column.SourceName}` IS NULL";
}
