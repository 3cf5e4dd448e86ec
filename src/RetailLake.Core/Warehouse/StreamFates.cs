using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>What becomes of each staged row of a topic.</summary>
/// <remarks>
/// Of a key all but the newest copy (version, place, partition, change, values) → duplicate. The newest: below a truncation, or older than target or
/// tombstone → superseded; a deletion or truncation → deleted; otherwise → kept. Rows of a document share the fate of its parent row.
/// </remarks>
internal static class StreamFates
{
    public static string Create(LoadBatch load, LoadTable table) =>
        load.Contract.IsDocument && !table.IsParent ? OfChild(load, table) : OfRow(load, table);

    /// <summary>The newest truncation: of earlier loads, and of this one.</summary>
    public static string Floor(LoadTable table, bool stagedOnly)
    {
        var (key, order) = (table.Q(table.Contract.Key[0]), string.Join(", ", NewestFirst.Select(name => $"q.{table.Q(name)} DESC")));
        var staged = $"SELECT {table.Names(DropOrder.Origin)} FROM {table.Stage} WHERE {table.Q(DropRef.ChangeColumn)} = 2";
        var all = stagedOnly ? staged : $"{staged} UNION ALL SELECT {table.Names(DropOrder.Origin)} FROM {table.Tombstones} WHERE {key} IS NULL";
        return $"(SELECT {table.List("q", DropOrder.Origin)} FROM ({all}) q ORDER BY {order} LIMIT 1)";
    }

    private static IReadOnlyList<string> NewestFirst { get; } = [DropOrder.Version, DropOrder.Drop, DropOrder.File];

    private static string OfRow(LoadBatch load, LoadTable table)
    {
        var row = (IReadOnlyList<string>)[.. table.Contract.Key, .. DropOrder.Origin];
        var change = $"s.{table.Q(DropRef.ChangeColumn)}";
        var copy = $"CASE WHEN {change} = 2 THEN 1 ELSE s.{table.Q(LoadTable.CopyNumber)} END";
        List<string> older =
        [
            $"SELECT {table.List("s", row)} FROM {Incoming(table)} s JOIN {table.Target} t ON {table.SameKey("t", "s")} WHERE {DropOrder.IsNewer("t", "s")}",
            $"SELECT {table.List("s", row)} FROM {Incoming(table)} s JOIN {table.Tombstones} t ON {table.SameKey("t", "s")} WHERE {DropOrder.IsNewer("t", "s")}",
            $"SELECT {table.List("s", row)} FROM {Incoming(table)} s JOIN {Floor(table, stagedOnly: false)} t ON {DropOrder.IsNewer("t", "s")}",
        ];
        if (table.Held is not null && !table.IsParent)
        {
            // What is older than any deletion of its parent went with it: a cascade leaves no event of its own. A deletion that is there is not left out: it stands for itself.
            var parent = load.Parent;
            var toParent = table.Same("s", table.Contract.ParentKey, "t", parent.Contract.Key);
            older.Add($"SELECT {table.List("s", row)} FROM {Incoming(table)} s JOIN {parent.Tombstones} t ON {toParent} WHERE {change} = 0 AND {DropOrder.IsNewer("t", "s")}");
            older.Add($"SELECT {table.List("s", row)} FROM {Incoming(table)} s JOIN {parent.Odd} t ON {toParent} WHERE {change} = 0 AND t.{table.Q(DropRef.ChangeColumn)} = 1 AND {DropOrder.IsNewer("t", "s")}");
        }

        return $"CREATE TEMP TABLE {table.Odd} AS\nSELECT {table.List("s", Carried(table))},\n" +
            $"  CAST(CASE WHEN {change} = 2 THEN 'deleted' WHEN f.{table.Q(table.Contract.Key[0])} IS NOT NULL THEN 'superseded' WHEN {change} = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS {table.Q(LoadTable.Fate)},\n" +
            $"  {copy} AS {table.Q(LoadTable.CopyNumber)}\nFROM {Numbered(table, table.Contract.Key, [.. NewestFirst, DropRef.ChangeColumn])} s LEFT JOIN (\n  SELECT DISTINCT {table.Names(row)} FROM (\n    " +
            string.Join("\n    UNION ALL ", older) + $"\n  ) x\n) f ON {table.Same("f", row, "s", row)}";
    }

    private static string OfChild(LoadBatch load, LoadTable table)
    {
        var (parent, key) = (load.Parent, load.Parent.Contract.Key);
        var unit = (IReadOnlyList<string>)[.. key, .. DropOrder.Origin];
        return $"CREATE TEMP TABLE {table.Odd} AS\nSELECT {table.List("s", table.Columns)},\n" +
            $"  CAST(CASE WHEN p.{table.Q(key[0])} IS NULL THEN 'superseded' ELSE 'kept' END AS VARCHAR(10)) AS {table.Q(LoadTable.Fate)},\n" +
            $"  s.{table.Q(LoadTable.CopyNumber)}\nFROM {Numbered(table, [.. table.Contract.Key, .. DropOrder.Origin], [])} s LEFT JOIN {parent.Kept(unit)} p ON {table.Same("s", table.Contract.ParentKey, "p", key)} AND {DropOrder.SameDrop("p", "s")}";
    }

    /// <summary>Incoming rows with the number of their copy. Few have any: to sort them all by all their values would cost more than the rest of the load.</summary>
    private static string Numbered(LoadTable table, IReadOnlyList<string> key, IReadOnlyList<string> first)
    {
        var (rows, columns, copy) = (Incoming(table), table.List("s", Carried(table)), table.Q(LoadTable.CopyNumber));
        var among = $"PARTITION BY {table.List("s", key)}";

        // A unit waits since the first of its rows came, whatever newer copies of that row come meanwhile.
        var since = table.Held is null ? columns : $"{table.List("s", table.Columns)}, MIN(s.{table.Q(StreamTables.HeldAt)}) OVER ({among})";
        var (several, same) = ($"(SELECT {table.Names(key)} FROM {rows} i GROUP BY {table.Names(key)} HAVING COUNT(*) > 1)", table.Same("d", key, "s", key));
        return $"(\n  SELECT {columns}, 1 AS {copy} FROM {rows} s LEFT JOIN {several} d ON {same} WHERE d.{table.Q(key[0])} IS NULL\n" +
            $"  UNION ALL SELECT {since}, ROW_NUMBER() OVER ({among} ORDER BY {Order(table, first)}) FROM {rows} s JOIN {several} d ON {same}\n)";
    }

    /// <summary>The rows of this load, and those that earlier ones held.</summary>
    private static string Incoming(LoadTable table)
    {
        if (table.Held is not { } held)
        {
            return table.Stage;
        }

        var columns = table.Names(table.Columns);
        return $"(SELECT {columns}, CAST(NULL AS TIMESTAMP) AS {table.Q(StreamTables.HeldAt)} FROM {table.Stage} UNION ALL SELECT {columns}, {table.Q(StreamTables.HeldAt)} FROM {held})";
    }

    private static IEnumerable<string> Carried(LoadTable table) => table.Held is null ? table.Columns : table.Columns.Append(StreamTables.HeldAt);

    private static string Order(LoadTable table, IReadOnlyList<string> first)
    {
        var values = table.Columns.Where(name => !table.Contract.Key.Contains(name) && !first.Contains(name) && !DropOrder.Origin.Contains(name));
        return string.Join(", ", first.Concat(values).Select(name => $"s.{table.Q(name)} DESC NULLS LAST"));
    }
}
