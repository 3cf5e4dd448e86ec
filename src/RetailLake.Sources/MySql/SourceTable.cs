using RetailLake.Core.Contracts;

namespace RetailLake.Sources.MySql;

/// <summary>A contract's table joined with what the source says of it.</summary>
internal sealed record SourceTable(ContractTable Table, string QuotedName, IReadOnlyList<SourceColumn> Columns)
{
    public SourceColumn Column(string contractName) => Columns.First(column => column.Contract.Name == contractName);

    public IEnumerable<SourceColumn> Key => Table.Key.Select(Column);

    /// <summary>The columns that tie rows to their unit: the parent's key, or a child's copy of it.</summary>
    public IReadOnlyList<SourceColumn> UnitKey => [.. (Table.ParentKey.Count > 0 ? Table.ParentKey : Table.Key).Select(Column)];

    public SourceColumn? Cursor => Table.CursorColumn is null ? null : Column(Table.CursorColumn);
}

/// <param name="CharSet">Null for types without one.</param>
internal sealed record SourceColumn(ContractColumn Contract, string TypeText, SourceType Type, string? CharSet, string? Collation)
{
    public string Quoted { get; } = SqlName.Quote(Contract.SourceName);
}
