namespace RetailLake.Core.Warehouse;

/// <summary>Sets apart the staged rows of drops that are not simply published; usually there are none.</summary>
/// <remarks>
/// Row by row: its drop is in the ledger through another execution, its scope has a later drop, its parent is newer, or the parent it came with is
/// not published → superseded.
/// Of what then is left of a key: all but the newest copy (version, content, name, values) → duplicate; the newest, when target or tombstone
/// is newer → superseded; soft-deleted, or child of a deleted parent → deleted; otherwise → kept.
/// </remarks>
internal static class DropFates
{
    public static string Create(LoadBatch load, LoadTable table)
    {
        var key = table.Contract.Key;
        var row = (IReadOnlyList<string>)[.. key, .. DropOrder.Origin];
        var deleted = table.IsDeleted("s") is { } soft ? $"COALESCE(f.dead, 0) = 1 OR {soft}" : "COALESCE(f.dead, 0) = 1";
        var values = table.Columns.Where(name => !key.Contains(name) && !DropOrder.Origin.Contains(name))
            .Prepend(DropOrder.File).Prepend(DropOrder.Drop).Prepend(DropOrder.Version);
        return $"CREATE TEMP TABLE {table.Odd} AS\nWITH x AS (\n  " + string.Join("\n  UNION ALL ", Exceptions(load, table, row)) + "\n)\n" +
            $"SELECT {table.List("s", table.Columns)},\n" +
            $"  CAST(CASE WHEN COALESCE(f.gone, 0) = 1 OR COALESCE(f.older, 0) = 1 THEN 'superseded' WHEN {deleted} THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS {table.Q(LoadTable.Fate)},\n" +
            $"  CASE WHEN COALESCE(f.gone, 0) = 1 THEN 1 ELSE ROW_NUMBER() OVER (PARTITION BY {table.List("s", key)}, COALESCE(f.gone, 0) ORDER BY {string.Join(", ", values.Select(name => $"s.{table.Q(name)} DESC NULLS LAST"))}) END AS {table.Q(LoadTable.CopyNumber)}\n" +
            $"FROM {table.Stage} s JOIN (\n" +
            $"  SELECT {table.Names(key)} FROM x UNION SELECT {table.Names(key)} FROM {table.Stage} GROUP BY {table.Names(key)} HAVING COUNT(*) > 1\n) k ON {table.SameKey("k", "s")}\n" +
            $"LEFT JOIN (SELECT {table.Names(row)}, MAX(gone) AS gone, MAX(older) AS older, MAX(dead) AS dead FROM x GROUP BY {table.Names(row)}) f ON {table.Same("f", row, "s", row)}";
    }

    private static IEnumerable<string> Exceptions(LoadBatch load, LoadTable table, IReadOnlyList<string> row)
    {
        var staged = $"FROM {table.Stage} s";
        var lowest = $"{table.Q(DropOrder.Version)} >= {DropEntries.LowestVersion(load)}";
        yield return $"{Row("gone")} {staged} JOIN {DropEntries.Known(load)} d ON {DropEntries.IsOf("d", "s")}";
        if (DropScopes.ColumnsOf(load.Contract) is { Count: > 0 } scope)
        {
            yield return $"{Row("gone")} {staged} JOIN {load.Sql.Quote(DropScopes.Table)} c ON {table.Same("c", scope, "s", scope)} WHERE {DropOrder.IsBelow("s", "c")}";
        }

        if (table.IsDeleted("s") is { } soft)
        {
            yield return $"{Row("none")} {staged} WHERE {soft}";
        }

        yield return $"{Row("older")} {staged} JOIN {table.Target} t ON {table.SameKey("t", "s")} WHERE t.{lowest} AND {DropOrder.IsNewer("t", "s")}{StillSaid(load, "t")}";
        if (table.IsParent)
        {
            if (load.Tombstones is { } tombstones)
            {
                yield return $"{Row("older")} {staged} JOIN {tombstones} t ON {table.SameKey("t", "s")} WHERE t.{lowest} AND {DropOrder.IsNewer("t", "s")}";
            }

            yield break;
        }

        // A unit stands or falls as a whole, with the parent it came with; a row without one, by the parent that is there.
        var parent = load.Parent;
        var (key, unit) = (parent.Contract.Key, (IReadOnlyList<string>)[.. parent.Contract.Key, .. DropOrder.Origin]);
        var toParent = table.Same("s", table.Contract.ParentKey, "p", key);
        yield return $"{Row("gone")} {staged} JOIN (SELECT {parent.List("o", unit)} FROM {parent.Odd} o GROUP BY {parent.List("o", unit)} HAVING {IsPublished(parent, "= 0")}) p ON {toParent} AND {DropOrder.SameDrop("p", "s")}";
        yield return $"{Row("dead")} {staged} JOIN {parent.Odd} p ON {toParent} AND {DropOrder.SameDrop("p", "s")} WHERE p.{parent.Q(LoadTable.CopyNumber)} = 1 AND p.{parent.Q(LoadTable.Fate)} = 'deleted'";
        yield return $"{Row("gone")} {staged} JOIN {parent.Settled(unit)} p ON {toParent} WHERE {DropOrder.IsNewer("p", "s")}";
        yield return $"{Row("gone")} {staged} JOIN {parent.Target} p ON {toParent} WHERE p.{lowest} AND {DropOrder.IsNewer("p", "s")}{StillSaid(load, "p")}";
        if (load.Tombstones is { } graves)
        {
            yield return $"{Row("gone")} {staged} JOIN {graves} p ON {toParent} WHERE p.{lowest} AND {DropOrder.IsNewer("p", "s")}";
        }

        string Row(string flag) => $"SELECT {table.List("s", row)}, {Flag("gone")}, {Flag("older")}, {Flag("dead")}".Replace($"0 AS {flag}", $"1 AS {flag}", StringComparison.Ordinal);

        static string Flag(string name) => $"0 AS {name}";
    }

    /// <summary>A published row whose drop is loaded again counts no more: what that drop says now is staged with the others.</summary>
    private static string StillSaid(LoadBatch load, string row) =>
        load.HasReleases ? $" AND NOT EXISTS (SELECT 1 FROM {DropEntries.Released(load)} r WHERE {DropEntries.IsOf("r", row)})" : "";

    private static string IsPublished(LoadTable parent, string comparison) =>
        $"MAX(CASE WHEN o.{parent.Q(LoadTable.CopyNumber)} = 1 AND o.{parent.Q(LoadTable.Fate)} <> 'superseded' THEN 1 ELSE 0 END) {comparison}";
}
