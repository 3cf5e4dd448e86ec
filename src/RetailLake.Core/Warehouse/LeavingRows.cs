namespace RetailLake.Core.Warehouse;

/// <summary>What the loads of windows, files and topics say alike of the target rows that go.</summary>
internal static class LeavingRows
{
    public static string Create(LoadTable table, IEnumerable<string> branches) => $"CREATE TEMP TABLE {table.Leaving} AS\n" + string.Join("\nUNION ALL\n", branches);

    /// <summary>Rows that a kept one replaces. They carry what that one measures; the export shows it itself.</summary>
    /// <param name="behind">Columns of the target beyond the contract's that go along.</param>
    /// <param name="unit">The parent without which none of the rows leaves, and whose run is theirs; null: they are looked for by key alone.</param>
    public static string Replaced(LoadBatch load, LoadTable table, IReadOnlyList<string> behind, LoadTable? unit = null)
    {
        var key = table.Contract.Key;
        var measures = key.Concat(table.Measures).ToHashSet(StringComparer.Ordinal);
        var carried = table.Carried.Select(name => measures.Contains(name)
            ? $"k.{table.Q(name)}"
            : $"CAST(NULL AS {load.Sql.TypeOf(table.Contract.Column(name))}) AS {table.Q(name)}");
        var kept = table.Kept([.. key, .. table.Carried.Where(measures.Contains), .. behind]);
        var (newer, andRun) = unit is null ? (kept, "")
            : ($"(SELECT k.*, u.{table.Q(LoadTable.Run)} FROM {kept} k JOIN {unit.Leaving} u ON {table.Same("u", unit.Contract.Key, "k", table.Contract.ParentKey)})", $" AND {SameRun(table, "t", "k")}");
        return Select([table.List("k", key), table.Literal("replaced", LoadTable.Why), .. carried, .. behind.Select(name => $"k.{table.Q(name)}"), .. OfTarget(table)]) +
            $"\nFROM {table.Target} t JOIN {newer} k ON {table.SameKey("k", "t")}{andRun}";
    }

    /// <summary>Target rows <c>t</c> that go for a reason; conditions follow.</summary>
    /// <inheritdoc cref="Replaced"/>
    public static string From(LoadTable table, string why, IReadOnlyList<string> behind) =>
        Select([table.List("t", table.Contract.Key), table.Literal(why, LoadTable.Why), .. table.Carried.Concat(behind).Select(name => $"t.{table.Q(name)}"), .. OfTarget(table)]) + $"\nFROM {table.Target} t";

    /// <summary>Runs rise from load to load, so whoever asks for a run skips all blocks of other ones.</summary>
    public static string SameRun(LoadTable table, string left, string right) => $"{left}.{table.Q(LoadTable.Run)} = {right}.{table.Q(LoadTable.Run)}";

    private static IEnumerable<string> OfTarget(LoadTable table) => table.KnowsRuns ? [$"t.{table.Q(LoadTable.Run)}"] : [];

    private static string Select(IEnumerable<string> columns) => "SELECT " + string.Join(", ", columns);
}
