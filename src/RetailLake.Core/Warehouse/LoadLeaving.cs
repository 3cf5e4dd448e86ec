using RetailLake.Core.Contracts;

namespace RetailLake.Core.Warehouse;

/// <summary>Finds the target rows that go: replaced by a staged row, deleted in the source, or no longer there (swept). Never a row of a later load.</summary>
internal static class LoadLeaving
{
    public static string Create(LoadBatch load, LoadTable table) => LeavingRows.Create(table, Branches(load, table));

    /// <summary>All copies of these keys go; the published ones are inserted again.</summary>
    public static string Delete(LoadTable table) =>
        $"DELETE FROM {table.Target} USING {table.Leaving} l WHERE {table.SameKey(table.Q(table.Name), "l")}{(table.KnowsRuns ? $" AND {LeavingRows.SameRun(table, table.Q(table.Name), "l")}" : "")}";

    public static string Insert(LoadBatch load, LoadTable table) =>
        $"INSERT INTO {table.Target} ({table.Names([.. table.Published, LoadTable.Run, LoadTable.LoadedAt])})\n" +
        $"SELECT {table.List("k", table.Published)}, {table.RunText}, {load.Sql.Timestamp(load.LoadedAt)} FROM {table.Kept([.. table.Published])} k";

    private static IEnumerable<string> Branches(LoadBatch load, LoadTable table)
    {
        yield return LeavingRows.Replaced(load, table, []);
        var gone = $"t.{table.Q(LoadTable.Run)} <= {table.RunText}";
        if (load.HasDeletedRows(table))
        {
            yield return LeavingRows.From(table, "deleted", []) + $" JOIN {table.Odd} o ON {table.SameKey("o", "t")}\n" +
                $"WHERE o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = 'deleted' AND {gone}";
        }

        if (Absent(load, table) is { } absent)
        {
            yield return LeavingRows.From(table, "swept", []) + $"\nWHERE {gone} AND NOT EXISTS (SELECT 1 FROM {table.Stage} s WHERE {table.SameKey("s", "t")}){absent}";
        }
    }

    /// <summary>What else must hold before a row that is not staged counts as gone; null when absence says nothing.</summary>
    private static string? Absent(LoadBatch load, LoadTable table)
    {
        if (load.Contract.Extract.Mode == ExtractMode.Snapshot)
        {
            return "";
        }

        if (table.IsParent)
        {
            return load.HasKeySweep
                ? $"\n  AND NOT EXISTS (SELECT 1 FROM {load.Sql.Quote(LoadStages.Keys)} s WHERE {table.SameKey("s", "t")})"
                : null;
        }

        // Children are read with their parent: what a staged, deleted or swept parent no longer has is gone.
        var parent = load.Parent;
        var parentKey = parent.Contract.Key;
        List<string> units = [$"SELECT {parent.List("k", parentKey)} FROM {parent.Kept(parentKey)} k"];
        if (load.HasDeletedRows(parent) || load.HasKeySweep)
        {
            units.Add($"SELECT {parent.List("l", parentKey)} FROM {parent.Leaving} l WHERE l.{parent.Q(LoadTable.Why)} <> 'replaced'");
        }

        if (load.HasDeletedRows(parent))
        {
            units.Add($"SELECT {parent.List("o", parentKey)} FROM {parent.Odd} o WHERE o.{parent.Q(LoadTable.CopyNumber)} = 1 AND o.{parent.Q(LoadTable.Fate)} = 'deleted'");
        }

        return $"\n  AND EXISTS (SELECT 1 FROM (\n    {string.Join("\n    UNION ALL ", units)}\n  ) u WHERE {table.Same("u", parentKey, "t", table.Contract.ParentKey)})";
    }
}
