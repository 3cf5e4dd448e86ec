namespace RetailLake.Core.Warehouse;

/// <summary>
/// Units whose rows come by themselves: what this load would publish of one is held until, with what is published already, its parent row and as many rows of
/// each child are there as the parent says. Till then its last complete state stays. A deleted parent takes the rows with it that are older; while newer ones
/// are there, which another parent will claim, its deletion waits too.
/// </summary>
internal static class StreamHolding
{
    private const string Table = "load_incomplete";
    private const string Gone = "gone";

    /// <summary>Units that this load touches and that are not complete.</summary>
    public static IEnumerable<string> Create(LoadBatch load)
    {
        if (!StreamTables.Holds(load.Contract))
        {
            yield break;
        }

        var (parent, sql) = (load.Parent, load.Sql);
        var key = parent.Contract.Key;
        var children = load.Tables.Skip(1).ToList();
        var counts = parent.Contract.Complete.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var complete = string.Join(" AND ", children.Index().Where(child => parent.Contract.Complete.ContainsKey(child.Item.Name))
            .Select(child => $"COALESCE(c{child.Index}.n, 0) = h.{parent.Q(parent.Contract.Complete[child.Item.Name])}"));
        var empty = string.Join(" AND ", children.Select((_, index) => $"COALESCE(c{index}.n, 0) = 0"));
        yield return $"CREATE TEMP TABLE {sql.Quote(Table)} AS\nWITH b AS (\n    {Moving(load)}\n), h AS (\n  {Heads(parent, counts)}\n)" +
            string.Concat(children.Select((table, index) => $", c{index} AS (\n  {Children(parent, table)}\n)")) +
            $"\nSELECT {parent.List("b", key)} FROM b LEFT JOIN h ON {parent.Same("h", key, "b", key)}" +
            string.Concat(children.Select((_, index) => $" LEFT JOIN c{index} ON {parent.Same($"c{index}", key, "b", key)}")) +
            $"\nWHERE h.{parent.Q(key[0])} IS NULL OR CASE WHEN h.{Gone} = 1 AND {empty} OR h.{Gone} = 0 AND {complete} THEN 0 ELSE 1 END = 1";
        foreach (var table in load.Tables)
        {
            yield return $"UPDATE {table.Odd} SET {table.Q(LoadTable.Fate)} = 'held' FROM {sql.Quote(Table)} i WHERE {parent.Same("i", key, table.Odd, KeyOf(table))} AND {Moves(table, table.Odd)}";
        }
    }

    /// <summary>Rewrites what is held: a small table, and what was held before is judged again in each load.</summary>
    public static IEnumerable<string> Keep(LoadBatch load)
    {
        foreach (var table in StreamTables.Holds(load.Contract) ? load.Tables : [])
        {
            var now = load.Sql.Timestamp(load.LoadedAt);
            var since = $"COALESCE(o.{table.Q(StreamTables.HeldAt)}, {now})";
            var limit = load.Sql.Timestamp(load.LoadedAt.AddHours(-load.Contract.Stream!.HoldHours));
            yield return $"DELETE FROM {table.Held}";
            yield return $"INSERT INTO {table.Held} ({table.Names([.. table.Columns, StreamTables.HeldAt, StreamTables.ExpiredAt])})\n" +
                $"SELECT {table.List("o", table.Columns)}, {since}, CASE WHEN {since} <= {limit} THEN {now} END\n" +
                $"FROM {table.Odd} o WHERE o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = 'held'";
        }
    }

    /// <summary>Units of which this load publishes something; before <see cref="Create"/> also those that it will hold.</summary>
    internal static string Moving(LoadBatch load) =>
        string.Join("\n    UNION ", load.Tables.Select(table => $"SELECT {Unit(load.Parent, table, "o")} FROM {table.Odd} o WHERE {Moves(table, "o")} AND o.{table.Q(KeyOf(table)[0])} IS NOT NULL"));

    /// <summary>A row's unit, under the names of the parent's key.</summary>
    internal static string Unit(LoadTable parent, LoadTable table, string alias) =>
        string.Join(", ", KeyOf(table).Zip(parent.Contract.Key, (own, name) => $"{alias}.{table.Q(own)} AS {table.Q(name)}"));

    private static string Heads(LoadTable parent, IReadOnlyList<string> counts)
    {
        var columns = (IReadOnlyList<string>)[.. parent.Contract.Key, .. DropOrder.Origin, .. counts];
        return $"SELECT {parent.List("o", columns)}, CASE WHEN o.{parent.Q(LoadTable.Fate)} = 'deleted' THEN 1 ELSE 0 END AS {Gone} FROM {parent.Odd} o WHERE {Moves(parent, "o")} AND o.{parent.Q(parent.Contract.Key[0])} IS NOT NULL\n" +
            $"  UNION ALL SELECT {parent.List("t", columns)}, 0 FROM {parent.Target} t JOIN b ON {parent.Same("b", parent.Contract.Key, "t", parent.Contract.Key)}\n" +
            $"  LEFT JOIN {parent.Settled(parent.Contract.Key)} k ON {parent.SameKey("k", "t")} LEFT JOIN {StreamFates.Floor(parent, stagedOnly: true)} f ON {DropOrder.IsNewer("f", "t")}\n" +
            $"  WHERE k.{parent.Q(parent.Contract.Key[0])} IS NULL AND f.{parent.Q(DropOrder.Version)} IS NULL";
    }

    private static string Children(LoadTable parent, LoadTable table)
    {
        var names = parent.Names(parent.Contract.Key);
        return $"SELECT {names}, COUNT(*) AS n FROM (\n    SELECT {Unit(parent, table, "o")} FROM {table.Odd} o WHERE o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = 'kept'\n" +
            $"    UNION ALL SELECT {Unit(parent, table, "t")} FROM {table.Target} t JOIN b ON {table.Same("t", table.Contract.ParentKey, "b", parent.Contract.Key)}\n" +
            $"    LEFT JOIN {table.Settled(table.Contract.Key)} k ON {table.SameKey("k", "t")}\n" +
            $"    LEFT {StreamGraves.Join(parent, table, StreamGraves.Of(parent, "b"))}\n    LEFT JOIN {StreamFates.Floor(table, stagedOnly: true)} f ON {DropOrder.IsNewer("f", "t")}\n" +
            $"    WHERE k.{table.Q(table.Contract.Key[0])} IS NULL AND g.{parent.Q(DropOrder.Version)} IS NULL AND f.{table.Q(DropOrder.Version)} IS NULL\n  ) x GROUP BY {names}";
    }

    private static IReadOnlyList<string> KeyOf(LoadTable table) => table.IsParent ? table.Contract.Key : table.Contract.ParentKey;

    private static string Moves(LoadTable table, string alias) => $"{alias}.{table.Q(LoadTable.CopyNumber)} = 1 AND {alias}.{table.Q(LoadTable.Fate)} IN ('kept', 'deleted')";
}
