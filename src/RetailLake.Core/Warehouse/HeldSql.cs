using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>What is asked of the held tables of a feed: one statement each, so that no load comes in between.</summary>
internal sealed class HeldSql
{
    private static readonly string[] OfUnit = ["_number", "_since", "_marked"];
    private static readonly string[] OfPart = ["_part", DropOrder.File, "_rows", "_first", "_last", "_first_version", "_last_version"];

    private readonly SqlDialect sql;
    private readonly LoadTable parent;
    private readonly IReadOnlyList<LoadTable> tables;
    private readonly IReadOnlyList<string> key;

    public HeldSql(Contract contract, SqlDialect sql)
    {
        this.sql = sql;
        tables = [.. contract.Tables.Select(table => new LoadTable(contract, table, sql, 0))];
        (parent, key) = (tables[0], contract.Parent.Key);
        Shown = [.. key.Where(name => !contract.Parent.Column(name).Personal)];
    }

    /// <summary>Columns of the unit's key that may be told.</summary>
    public IReadOnlyList<string> Shown { get; }

    /// <summary>Two numbers: units, and those of them that have a row that was held at <paramref name="limit"/> or before.</summary>
    /// <remarks>A header that has not come leaves its unit in the children's tables only.</remarks>
    public string Count(DateTimeOffset limit) =>
        $"SELECT COUNT(*), COUNT(u.{Q("_late")}) FROM (\n" +
        $"  SELECT MAX(CASE WHEN r.{Q(StreamTables.ExpiredAt)} IS NOT NULL OR r.{Q(StreamTables.HeldAt)} <= {sql.Timestamp(limit)} THEN 1 END) AS {Q("_late")} FROM (\n    " +
        string.Join("\n    UNION ALL ", tables.Select(table => $"SELECT {Unit(table, "o")}, o.{Q(StreamTables.HeldAt)}, o.{Q(StreamTables.ExpiredAt)} FROM {table.Held} o")) +
        $"\n  ) r GROUP BY {parent.List("r", key)}\n) u";

    /// <summary>
    /// A row for each unit, table and partition: number, since, marked, shown key columns; header (<see cref="HeldHeader"/>, null = missing); of each child rows expected
    /// and rows there; part, file, rows, first and last drop, first and last version.
    /// </summary>
    public string List(int limit)
    {
        var children = tables.Skip(1).Index().Select(child => (Name: $"c{child.Index}", Table: child.Item)).ToList();
        List<string> with =
        [
            As("r", string.Join("\n  UNION ALL ", tables.Index().Select(table => Rows(table.Index, table.Item)))), As("g", Groups()), As("u", Oldest(limit)), As("h", Heads()),
            .. children.Select(child => As(child.Name, There(child.Table))), As("p", Parts()),
        ];
        List<string> found =
        [
            parent.List("u", [.. OfUnit, .. Shown]), $"h.{Q("_head")}",
            .. children.Select(child => Expected(child.Table) is { } column ? $"h.{Q(column)}" : "CAST(NULL AS BIGINT)"), .. children.Select(child => $"COALESCE({child.Name}.{Q("_there")}, 0)"),
            parent.List("p", OfPart),
        ];
        return $"WITH {string.Join(", ", with)}\nSELECT {string.Join(", ", found)}\nFROM u JOIN p ON {parent.Same("p", key, "u", key)} LEFT JOIN h ON {parent.Same("h", key, "u", key)}" +
            string.Concat(children.Select(child => $" LEFT JOIN {child.Name} ON {parent.Same(child.Name, key, "u", key)}")) +
            $"\nORDER BY {parent.List("u", ["_number"])}, {parent.List("p", ["_part", DropOrder.File])}";
    }

    private static string As(string name, string query) => $"{name} AS (\n  {query}\n)";

    private string Q(string name) => sql.Quote(name);

    private string Unit(LoadTable table, string alias) => StreamHolding.Unit(parent, table, alias);

    private string? Expected(LoadTable child) => parent.Contract.Complete.GetValueOrDefault(child.Name);

    private string Rows(int part, LoadTable table) => string.Create(
        CultureInfo.InvariantCulture, $"SELECT {Unit(table, "o")}, {part} AS {Q("_part")}, {table.List("o", [.. DropOrder.Origin, StreamTables.HeldAt, StreamTables.ExpiredAt])} FROM {table.Held} o");

    private string Groups() =>
        $"SELECT {parent.List("r", key)}, MIN(r.{Q(StreamTables.HeldAt)}) AS {Q("_since")}, COUNT(r.{Q(StreamTables.ExpiredAt)}) AS {Q("_marked")} FROM r GROUP BY {parent.List("r", key)}";

    private string Oldest(int limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT * FROM (SELECT g.*, ROW_NUMBER() OVER (ORDER BY {parent.List("g", ["_since", .. key])}) AS {Q("_number")} FROM g) q WHERE q.{Q("_number")} <= {limit}");

    /// <summary>The newest header of each unit: one that waits is newer than the published one.</summary>
    private string Heads()
    {
        var columns = (IReadOnlyList<string>)[.. key, .. DropOrder.Origin, .. parent.Contract.Complete.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return $"SELECT {parent.List("o", columns)}, o.{Q(DropRef.ChangeColumn)} AS {Q("_head")} FROM {parent.Held} o JOIN u ON {parent.Same("u", key, "o", key)}\n" +
            $"  UNION ALL SELECT {parent.List("t", columns)}, {(int)HeldHeader.Published} FROM {parent.Target} t JOIN u ON {parent.Same("u", key, "t", key)}\n" +
            $"  LEFT JOIN {parent.Held} k ON {parent.SameKey("k", "t")} WHERE k.{Q(key[0])} IS NULL";
    }

    /// <summary>Rows of a child as the next load would count them (<see cref="StreamHolding"/>): deletions of the header took those with them that are older.</summary>
    private string There(LoadTable table) =>
        $"SELECT {parent.List("x", key)}, COUNT(*) AS {Q("_there")} FROM (\n    SELECT {Unit(table, "o")} FROM {table.Held} o WHERE o.{Q(DropRef.ChangeColumn)} = 0\n" +
        $"    UNION ALL SELECT {Unit(table, "t")} FROM {table.Target} t JOIN u ON {table.Same("t", table.Contract.ParentKey, "u", key)}\n" +
        $"    LEFT JOIN {table.Held} k ON {table.SameKey("k", "t")}\n" +
        $"    LEFT {StreamGraves.Join(parent, table, StreamGraves.Waiting(parent, "u"))}\n" +
        $"    WHERE k.{Q(table.Contract.Key[0])} IS NULL AND g.{Q(DropOrder.Version)} IS NULL\n  ) x GROUP BY {parent.List("x", key)}";

    private string Parts()
    {
        var by = parent.List("r", [.. key, "_part", DropOrder.File]);
        return $"SELECT {by}, COUNT(*) AS {Q("_rows")}, MIN(r.{Q(DropOrder.Drop)}) AS {Q("_first")}, MAX(r.{Q(DropOrder.Drop)}) AS {Q("_last")}, " +
            $"MIN(r.{Q(DropOrder.Version)}) AS {Q("_first_version")}, MAX(r.{Q(DropOrder.Version)}) AS {Q("_last_version")} FROM r GROUP BY {by}";
    }
}
