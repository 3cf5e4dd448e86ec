namespace RetailLake.Core.Contracts;

/// <summary>One table of a contract. In the warehouse it is <c>"source"."name"</c>.</summary>
public sealed record ContractTable
{
    /// <summary>Name in the lake and the warehouse.</summary>
    public required string Name { get; init; }

    /// <summary>Name in the source (ODCS physicalName).</summary>
    public required string SourceName { get; init; }

    /// <summary>In the order of landing, of the Parquet schema and of the warehouse table.</summary>
    public required IReadOnlyList<ContractColumn> Columns { get; init; }

    /// <summary>Names of the primary key's columns in key order; never empty.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>For a child: its columns that hold the parent's key, in the order of the parent's <see cref="Key"/>; empty for the parent.</summary>
    public IReadOnlyList<string> ParentKey { get; init; } = [];

    /// <summary>The column that says when a row last changed; null in snapshot mode, and for children whose parent is always touched.</summary>
    public string? CursorColumn { get; init; }

    public string? SoftDeleteColumn { get; init; }

    public string? DistKey { get; init; }

    public IReadOnlyList<string> SortKey { get; init; } = [];

    /// <summary>Table-level rules judged by the audit.</summary>
    public IReadOnlyList<TableRule> Rules { get; init; } = [];

    /// <summary>
    /// Drops: the record type of this table's rows, or the path of their element from the root; null when the file holds one table.
    /// Topics: the path of the array of this table's rows, <c>lines[]</c>; or, where every table has a topic of its own, that topic.
    /// </summary>
    public string? Record { get; init; }

    /// <summary>Topics, parent only: child table → the parent's column with the number of its rows. A unit is published when all are there. Empty: at once.</summary>
    public IReadOnlyDictionary<string, string> Complete { get; init; } = new Dictionary<string, string>();

    public ContractColumn Column(string name) => Columns.First(column => column.Name == name);
}

/// <summary>An ODCS library metric over a whole run of one table: <c>rowCount</c>, <c>duplicateValues</c>, <c>nullValues</c>.</summary>
/// <param name="Metric">rowCount | duplicateValues | nullValues | missingValues | invalidValues.</param>
/// <param name="Columns">The columns concerned; empty for rowCount.</param>
/// <param name="Operator">mustBe | mustNotBe | mustBeGreaterThan | mustBeGreaterOrEqualTo | mustBeLessThan | mustBeLessOrEqualTo | mustBeBetween | mustNotBeBetween.</param>
/// <param name="Percent">Operands are percent of the rows instead of rows.</param>
public sealed record TableRule(string Metric, IReadOnlyList<string> Columns, string Operator, IReadOnlyList<decimal> Operands, bool Percent);
