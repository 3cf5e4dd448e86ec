using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>One table inside a load: its names and the fragments that several statements share.</summary>
internal sealed class LoadTable(Contract contract, ContractTable table, SqlDialect sql, long run)
{
    /// <summary>Ordinal of the plan that wrote the row: the row's version for windows and snapshots.</summary>
    public const string Run = "_run";
    public const string LoadedAt = "_loaded_at";
    public const string Sequence = "_sequence";
    public const string Op = "_op";

    /// <summary>What becomes of a staged row that is not simply published: kept | superseded | deleted.</summary>
    public const string Fate = "_fate";

    /// <summary>1 = the copy of a key that counts.</summary>
    public const string CopyNumber = "_copy";

    /// <summary>Why a row leaves the target: replaced | deleted | swept.</summary>
    public const string Why = "_why";

    public ContractTable Contract => table;

    public string Name => table.Name;

    public bool IsParent => ReferenceEquals(contract.Parent, table);

    public string Target => sql.Table(contract.Source, table.Name);

    public string Stage => sql.Quote($"stage_{table.Name}");

    /// <summary>The few staged rows that need a second look: duplicates, overtaken rows, deletions.</summary>
    public string Odd => sql.Quote($"odd_{table.Name}");

    /// <summary>Keys of target rows that are deleted, and what they measured.</summary>
    public string Leaving => sql.Quote($"leaving_{table.Name}");

    /// <summary>A leaving row says which load published it. Of topics: their loads are small and many, and their targets large.</summary>
    public bool KnowsRuns => contract.Stream is not null;

    public string RunText => run.ToString(CultureInfo.InvariantCulture);

    /// <summary>Columns of the stage, as curated files have them.</summary>
    public IReadOnlyList<ContractColumn> Staged { get; } =
        contract.Stream is not null ? [.. table.Columns, .. StreamTables.Behind]
        : contract.Drop is null ? table.Columns : [.. table.Columns, .. DropOrder.Origin.Select(TableShape.Whole)];

    public IReadOnlyList<string> Columns => [.. Staged.Select(column => column.Name)];

    /// <summary>Columns of the stage that the target has too: what a row did is no part of it.</summary>
    public IEnumerable<string> Published => Columns.Where(name => name != DropRef.ChangeColumn);

    /// <summary>Deleted keys, and truncations; only of topics, and there not of a document's children.</summary>
    public string? Tombstones => StreamTables.HasTombstones(contract, table) ? sql.OpsTable(StreamTables.TombstoneName(contract, table)) : null;

    /// <summary>Rows of units that are not complete.</summary>
    public string? Held => StreamTables.Holds(contract) ? sql.OpsTable(StreamTables.HeldName(contract, table)) : null;

    public IReadOnlyList<string> Measures { get; } = [.. table.Columns.Where(column => column.ControlTotal).Select(column => column.Name)];

    /// <summary>Columns that a leaving row keeps beyond its key: measures, and what a deletion marker of the export shows.</summary>
    public IReadOnlyList<string> Carried { get; } = [.. table.Columns.Select(column => column.Name).Where(name => !table.Key.Contains(name) && IsCarried(contract, table, name))];

    public ManthanSpec? Manthan => contract.Manthan is { } manthan && manthan.Table == table.Name ? manthan : null;

    public static bool KeepsTombstones(Contract contract) => contract.Stream is null && (contract.Drop is not null ? contract.Parent.SoftDeleteColumn is not null :
        contract.Extract.Mode == ExtractMode.Window && (contract.Extract.Deletes == DeletePolicy.Sweep || contract.Parent.SoftDeleteColumn is not null));

    public string Q(string column) => sql.Quote(column);

    /// <summary><c>a."x", a."y"</c></summary>
    public string List(string alias, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{alias}.{Q(column)}"));

    public string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(Q));

    /// <summary><c>a."x" = b."x" AND …</c> over this table's key.</summary>
    public string SameKey(string left, string right) => Same(left, table.Key, right, table.Key);

    public string Same(string left, IReadOnlyList<string> leftColumns, string right, IReadOnlyList<string> rightColumns) =>
        string.Join(" AND ", leftColumns.Zip(rightColumns, (a, b) => $"{left}.{Q(a)} = {right}.{Q(b)}"));

    /// <summary>A flag column counts as deleted when it is set, any other when it has a value.</summary>
    public string? IsDeleted(string alias) => table.SoftDeleteColumn is not { } name ? null : table.Column(name).Type.Kind switch
    {
        ColumnKind.Boolean => $"COALESCE({alias}.{Q(name)}, FALSE)",
        ColumnKind.Int32 or ColumnKind.Int64 => $"COALESCE({alias}.{Q(name)}, 0) <> 0",
        _ => $"{alias}.{Q(name)} IS NOT NULL",
    };

    /// <summary>The rows that this load publishes, one per key.</summary>
    public string Kept(IReadOnlyList<string> columns) => contract.Stream is not null ? Judged(columns, "= 'kept'") :
        $"(SELECT {List("s", columns)} FROM {Stage} s LEFT JOIN {Odd} o ON {SameKey("o", "s")} WHERE o.{Q(table.Key[0])} IS NULL\n" +
        $"  UNION ALL SELECT {List("o", columns)} FROM {Odd} o WHERE o.{Q(CopyNumber)} = 1 AND o.{Q(Fate)} = 'kept')";

    /// <summary>One row per key: those that this load publishes, and the deletions that it found true.</summary>
    public string Settled(IReadOnlyList<string> columns) => contract.Stream is not null ? Judged(columns, "IN ('kept', 'deleted')") : Kept(columns)[..^1] +
        $"\n  UNION ALL SELECT {List("o", columns)} FROM {Odd} o WHERE o.{Q(CopyNumber)} = 1 AND o.{Q(Fate)} = 'deleted')";

    /// <summary>Of topics every staged row is judged, not only the odd ones: they are few beside the target.</summary>
    private string Judged(IReadOnlyList<string> columns, string fate) =>
        $"(SELECT {List("o", columns)} FROM {Odd} o WHERE o.{Q(CopyNumber)} = 1 AND o.{Q(Fate)} {fate})";

    public string Literal(string value, string name) => $"CAST({sql.Text(value)} AS VARCHAR(10)) AS {Q(name)}";

    private static bool IsCarried(Contract contract, ContractTable table, string name) =>
        table.Column(name).ControlTotal
        || (contract.Manthan is { } manthan && manthan.Table == table.Name && TableShape.OutboxColumns(contract, manthan).Contains(name));
}
