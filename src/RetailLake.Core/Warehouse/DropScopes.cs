using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>
/// What the drops of a load are the whole truth about, and for each such scope the highest version that is known: of this load and of all
/// before it. Rows below it go, staged or published.
/// </summary>
internal static class DropScopes
{
    public const string Table = "load_scopes";

    /// <summary>A drop that holds no row still says that its file holds none, so the files are taken from the drops. Combinations of values are those of its valid rows, and those that its headers or its name tell.</summary>
    public static string? Create(LoadBatch load) => load.Contract.Drop!.Replaces switch
    {
        DropScope.File => Latest(load, Files(load)),
        DropScope.Columns => Latest(load, Combinations(load)),
        _ => null,
    };

    /// <summary>The floors. Files need none of their own: the drop ledger is it.</summary>
    /// <remarks>Rows are only added; the highest of a scope counts. One statement less than a replacement, of which a load may have forty.</remarks>
    public static string? Keep(LoadBatch load)
    {
        if (Floor(load) is not { } floor)
        {
            return null;
        }

        var parent = load.Parent;
        var columns = load.Contract.Drop!.ReplacesColumns;
        return $"INSERT INTO {floor} ({parent.Names([.. columns, DropOrder.Version, DropOrder.Drop])})\n" +
            $"SELECT {parent.List("c", [.. columns, DropOrder.Version, DropOrder.Drop])}\n" +
            $"FROM {load.Sql.Quote(Table)} c LEFT JOIN {floor} f ON {parent.Same("f", columns, "c", columns)} AND f.{parent.Q(DropOrder.Version)} = c.{parent.Q(DropOrder.Version)} AND f.{parent.Q(DropOrder.Drop)} = c.{parent.Q(DropOrder.Drop)}\n" +
            $"WHERE f.{parent.Q(DropOrder.Version)} IS NULL";
    }

    /// <summary>A drop that is loaded again says anew what it is about and what it deletes; where it was read wrongly it must not keep others out. Before <see cref="Create"/>.</summary>
    public static IEnumerable<string> Reopen(LoadBatch load)
    {
        var tombstones = LoadTable.KeepsTombstones(load.Contract) ? TableShape.TombstoneName(load.Contract) : null;
        foreach (var (name, isFloor) in new[] { (TableShape.FloorName(load.Contract), true), (tombstones, false) })
        {
            if (load.HasReleases && name is not null)
            {
                var quoted = load.Sql.Quote(name);
                var same = $"r.version = {quoted}.\"{DropOrder.Version}\" AND r.drop_number = {quoted}.\"{DropOrder.Drop}\"" + (isFloor ? "" : $" AND r.file = {quoted}.\"{DropOrder.File}\"");
                yield return $"DELETE FROM {load.Sql.OpsTable(name)} WHERE EXISTS (SELECT 1 FROM {DropEntries.Released(load)} r WHERE {same})";
            }
        }
    }

    /// <summary>Columns that name a row's scope; empty: rows have none.</summary>
    public static IReadOnlyList<string> ColumnsOf(Contract contract) => contract.Drop?.Replaces switch
    {
        DropScope.File => [DropOrder.File],
        DropScope.Columns => contract.Drop.ReplacesColumns,
        _ => [],
    };

    /// <summary>A row of which nobody can say what it belongs to could never be replaced.</summary>
    public static IReadOnlyList<string> Problems(Contract contract) => contract.Drop?.Replaces != DropScope.Columns ? [] :
    [
        .. contract.Drop.ReplacesColumns.Count > 0 ? [] : new[] { $"Contract '{contract.Id}' replaces by columns and names none." },
        .. from table in contract.Tables
        from name in contract.Drop.ReplacesColumns
        where table.Columns.FirstOrDefault(column => column.Name == name) is not { } column || !(column.Required || table.Key.Contains(name))
        select $"Drops of '{contract.Id}' replace by '{name}', which is not a required column of table '{table.Name}'.",
    ];

    private static string? Floor(LoadBatch load) => TableShape.FloorName(load.Contract) is { } name ? load.Sql.OpsTable(name) : null;

    private static string Latest(LoadBatch load, string versions)
    {
        var columns = ColumnsOf(load.Contract);
        var parent = load.Parent;
        return $"CREATE TEMP TABLE {load.Sql.Quote(Table)} AS\n" +
            $"SELECT {parent.List("r", [.. columns, DropOrder.Version, DropOrder.Drop])} FROM (\n" +
            $"  SELECT {parent.List("v", [.. columns, DropOrder.Version, DropOrder.Drop])}, ROW_NUMBER() OVER (PARTITION BY {parent.List("v", columns)} ORDER BY v.{parent.Q(DropOrder.Version)} DESC, v.{parent.Q(DropOrder.Drop)} DESC) AS n\n" +
            $"  FROM (\n{versions}\n  ) v\n) r WHERE r.n = 1";
    }

    private static string Files(LoadBatch load)
    {
        var (sql, drops) = (load.Sql, load.Sql.Quote(DropStage.Table));
        return $"    SELECT {Of("d")} FROM {drops} d WHERE d.outcome = '{DropOutcome.Loaded}'\n" +
            $"    UNION ALL SELECT {Of("l")} FROM {sql.OpsTable(OpsTables.Drops)} l JOIN (SELECT DISTINCT file FROM {drops}) m ON m.file = l.file\n" +
            $"    WHERE l.contract = {sql.Text(load.Contract.Id)} AND l.outcome IN ('{DropOutcome.Loaded}', '{DropOutcome.Superseded}')";

        string Of(string alias) => $"{alias}.file AS {sql.Quote(DropOrder.File)}, {alias}.version AS {sql.Quote(DropOrder.Version)}, {alias}.drop_number AS {sql.Quote(DropOrder.Drop)}";
    }

    private static string Combinations(LoadBatch load)
    {
        var parent = load.Parent;
        var columns = load.Contract.Drop!.ReplacesColumns;
        var all = (IReadOnlyList<string>)[.. columns, DropOrder.Version, DropOrder.Drop];
        var told = Told(load, columns);
        var staged = string.Join("\n    UNION ", load.Tables.Select(table => $"SELECT {table.List("s", all)} FROM {table.Stage} s GROUP BY {table.List("s", all)}")
            .Concat(told.Select(values => $"SELECT {values}, d.version, d.drop_number {OfTold(load)}")));
        var scopes = string.Join(" UNION ", load.Tables.Select(table => $"SELECT {table.List("s", columns)} FROM {table.Stage} s GROUP BY {table.List("s", columns)}")
            .Concat(told.Select(values => $"SELECT {values} {OfTold(load)}")));
        return $"    {staged}\n    UNION ALL SELECT {parent.List("f", all)} FROM {Floor(load)} f JOIN ({scopes}) m ON {parent.Same("m", columns, "f", columns)}";
    }

    /// <summary>The values that headers and names give; none where only rows have them.</summary>
    private static IEnumerable<string> Told(LoadBatch load, IReadOnlyList<string> columns)
    {
        if (DropStage.ScopeColumns(load.Contract).Count > 0)
        {
            yield return string.Join(", ", columns.Select((name, index) => $"CAST(d.{DropStage.ScopeColumn(index)} AS {load.Sql.TypeOf(load.Parent.Contract.Column(name))}) AS {load.Parent.Q(name)}"));
        }
    }

    private static string OfTold(LoadBatch load) => $"FROM {load.Sql.Quote(DropStage.Table)} d WHERE d.outcome = '{DropStage.Scope}'";
}
