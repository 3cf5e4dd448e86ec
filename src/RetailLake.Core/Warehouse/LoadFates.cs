namespace RetailLake.Core.Warehouse;

/// <summary>
/// Sets apart the staged rows that are not simply published. Usually there are none: no window function ever sees all rows, and no
/// statement copies the stage.
/// </summary>
/// <remarks>
/// For each key with more than one copy, a newer version in the target or a deletion:
/// copy 2 and higher → duplicate (copy 1 has the highest cursor, then the highest values: the same each time);
/// a target row, parent or tombstone with a higher ordinal → superseded;
/// soft-deleted, or child of a deleted parent → deleted; otherwise → kept.
/// </remarks>
internal static class LoadFates
{
    public static string Create(LoadBatch load, LoadTable table)
    {
        var deleted = table.IsDeleted("s") is { } soft ? $"f.dead = 1 OR {soft}" : "f.dead = 1";
        var key = table.Names(table.Contract.Key);
        return $"CREATE TEMP TABLE {table.Odd} AS\n" +
            $"SELECT {table.List("s", table.Columns)},\n" +
            $"  CAST(CASE WHEN f.newer = 1 THEN 'superseded' WHEN {deleted} THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS {table.Q(LoadTable.Fate)},\n" +
            $"  ROW_NUMBER() OVER (PARTITION BY {table.List("s", table.Contract.Key)} ORDER BY {Order(table)}) AS {table.Q(LoadTable.CopyNumber)}\n" +
            $"FROM {table.Stage} s JOIN (\n" +
            $"  SELECT {key}, MAX(newer) AS newer, MAX(dead) AS dead FROM (\n    " +
            string.Join("\n    UNION ALL ", Exceptions(load, table)) +
            $"\n  ) x GROUP BY {key}\n) f ON {table.SameKey("f", "s")}";
    }

    private static IEnumerable<string> Exceptions(LoadBatch load, LoadTable table)
    {
        var key = table.Names(table.Contract.Key);
        yield return $"SELECT {key}, 0 AS newer, 0 AS dead FROM {table.Stage} GROUP BY {key} HAVING COUNT(*) > 1";
        if (table.IsDeleted("s") is { } soft)
        {
            yield return $"SELECT {table.List("s", table.Contract.Key)}, 0 AS newer, 0 AS dead FROM {table.Stage} s WHERE {soft}";
        }

        yield return $"SELECT {key}, 1 AS newer, 0 AS dead FROM {table.Target} WHERE {table.Q(LoadTable.Run)} > {table.RunText}";
        if (table.IsParent)
        {
            if (load.Tombstones is { } tombstones)
            {
                yield return $"SELECT {key}, 1 AS newer, 0 AS dead FROM {tombstones} WHERE {table.Q(LoadTable.Run)} > {table.RunText}";
            }

            yield break;
        }

        // A unit stands or falls as a whole: its version is the parent's.
        var parent = load.Parent;
        var toParent = table.Same("s", table.Contract.ParentKey, "p", parent.Contract.Key);
        var child = table.List("s", table.Contract.Key);
        yield return $"SELECT {child}, 1 AS newer, 0 AS dead FROM {table.Stage} s JOIN {parent.Target} p ON {toParent} WHERE p.{table.Q(LoadTable.Run)} > {table.RunText}";
        if (load.Tombstones is { } graves)
        {
            yield return $"SELECT {child}, 1 AS newer, 0 AS dead FROM {table.Stage} s JOIN {graves} p ON {toParent} WHERE p.{table.Q(LoadTable.Run)} > {table.RunText}";
        }

        if (parent.Contract.SoftDeleteColumn is not null)
        {
            yield return $"SELECT {child}, 0 AS newer, 1 AS dead FROM {table.Stage} s JOIN {parent.Odd} p ON {toParent} " +
                $"WHERE p.{table.Q(LoadTable.CopyNumber)} = 1 AND p.{table.Q(LoadTable.Fate)} = 'deleted'";
        }
    }

    private static string Order(LoadTable table)
    {
        var cursor = table.Contract.CursorColumn;
        var others = table.Columns.Where(name => name != cursor && !table.Contract.Key.Contains(name));
        return string.Join(", ", (cursor is null ? others : others.Prepend(cursor)).DefaultIfEmpty(table.Contract.Key[0]).Select(name => $"s.{table.Q(name)} DESC NULLS LAST"));
    }
}
