namespace RetailLake.Core.Warehouse;

/// <summary>
/// Finds the target rows that go: replaced by a staged row, deleted by one, or no longer said by any drop: what the latest drop of its scope
/// does not hold, what a drop that is loaded again no longer holds, and children that their parent's latest copy does not have. Never a row of a newer drop.
/// </summary>
internal static class DropLeaving
{
    public static string Create(LoadBatch load, LoadTable table) => LeavingRows.Create(table, Branches(load, table));

    private static IEnumerable<string> Branches(LoadBatch load, LoadTable table)
    {
        var key = table.Contract.Key;
        yield return LeavingRows.Replaced(load, table, DropOrder.Origin);
        if (load.HasDeletedRows(table))
        {
            yield return From(table, "deleted") + $" JOIN {table.Odd} o ON {table.SameKey("o", "t")}\n" +
                $"WHERE o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = 'deleted'";
        }

        var absent = $"NOT EXISTS (SELECT 1 FROM {table.Settled(key)} s WHERE {table.SameKey("s", "t")})";
        var scope = DropScopes.ColumnsOf(load.Contract);
        var below = scope.Count == 0 ? "" : $"{load.Sql.Quote(DropScopes.Table)} c ON {table.Same("c", scope, "t", scope)} AND {DropOrder.IsBelow("t", "c")}";
        if (scope.Count > 0)
        {
            yield return From(table, "swept") + $" JOIN {below}\nWHERE {absent}";
        }

        // Each row goes for one reason: below its scope comes first, then the release, then the parent.
        var notBelow = scope.Count == 0 ? ("", "") : ($"\nLEFT JOIN {below}", $" AND c.{table.Q(DropOrder.Version)} IS NULL");
        var released = $"{DropEntries.Released(load)} r ON {DropEntries.IsOf("r", "t")}";
        if (load.HasReleases)
        {
            yield return From(table, "swept") + $" JOIN {released}{notBelow.Item1}\nWHERE {absent}{notBelow.Item2}";
        }

        if (!table.IsParent)
        {
            var parent = load.Parent;
            var unit = (IReadOnlyList<string>)[.. parent.Contract.Key, .. DropOrder.Origin];
            var gone = scope.Count == 0 && !load.HasReleases ? "" : $"\n  UNION ALL SELECT {parent.List("l", unit)} FROM {parent.Leaving} l WHERE l.{parent.Q(LoadTable.Why)} = 'swept'";
            var notReleased = load.HasReleases ? ($"\nLEFT JOIN {released}", " AND r.version IS NULL") : ("", "");
            yield return From(table, "swept") + $" JOIN (\n  SELECT {parent.List("z", unit)} FROM {parent.Settled(unit)} z{gone}\n) u ON {table.Same("u", parent.Contract.Key, "t", table.Contract.ParentKey)}" +
                $"{notBelow.Item1}{notReleased.Item1}\nWHERE NOT {DropOrder.IsNewer("t", "u")}{notBelow.Item2}{notReleased.Item2} AND {absent}";
        }
    }

    private static string From(LoadTable table, string why) => LeavingRows.From(table, why, DropOrder.Origin);
}
