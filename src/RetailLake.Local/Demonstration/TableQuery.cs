using RetailLake.Core.Contracts;

namespace RetailLake.Local.Demonstration;

/// <summary>The same counting query in the SQL of the source and of the warehouse.</summary>
internal sealed record TableQuery(string From, Func<string, string> Name, ContractTable Table, IReadOnlyList<ContractColumn> Summed, string? Where)
{
    public string All => $"SELECT {Totals} FROM {From} t{(Where is null ? "" : $" WHERE {Where}")}";

    private string Totals => string.Join(", ", Summed.Select(column => $"CAST(COALESCE(SUM({Name(column.Name)}), 0) AS DECIMAL(38, {column.Type.Scale}))").Prepend("COUNT(*)"));

    public string OfKeys(IEnumerable<string[]> keys)
    {
        var columns = string.Join(", ", Table.Key.Select(Name));
        var values = string.Join(", ", keys.Select(key => $"({string.Join(", ", key.Select((value, index) => Literal(Table.Key[index], value)))})"));
        return $"SELECT {Totals} FROM {From} t WHERE ({columns}) IN ({values}){(Where is null ? "" : $" AND {Where}")}";
    }

    private string Literal(string column, string value) => Table.Column(column).Type.Kind is ColumnKind.Int32 or ColumnKind.Int64 && long.TryParse(value, out _)
        ? value
        : $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
