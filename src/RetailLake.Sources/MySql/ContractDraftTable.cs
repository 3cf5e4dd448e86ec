namespace RetailLake.Sources.MySql;

/// <summary>A table as information_schema describes it.</summary>
/// <param name="Key">The primary key, else a unique index without NULLs.</param>
internal sealed record ContractDraftTable(string Name, string Comment, IReadOnlyList<ContractDraftColumn> Columns, IReadOnlyList<string> Key, IReadOnlyList<ContractDraftForeignKey> ForeignKeys);

/// <param name="Type">COLUMN_TYPE, with the character set where it makes texts shorter, and json where MariaDB hides it.</param>
internal sealed record ContractDraftColumn(string Name, string Type, bool IsRequired, string Extra, string Comment)
{
    public bool IsTime => Type.StartsWith("timestamp", StringComparison.Ordinal) || Type.StartsWith("datetime", StringComparison.Ordinal);

    public bool IsWallClock => Type.StartsWith("datetime", StringComparison.Ordinal);
}

/// <param name="Columns">In the order of the referenced columns.</param>
internal sealed record ContractDraftForeignKey(string Table, IReadOnlyList<string> Columns, IReadOnlyList<string> References);
