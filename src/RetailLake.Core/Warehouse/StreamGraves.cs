using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>
/// The newest deletion of each held unit's parent row, whatever became of it. What is older of the unit's other rows went with it, published or not: a
/// cascade leaves no event of its own, and the parent may have been made anew by the same load.
/// </summary>
internal static class StreamGraves
{
    /// <summary>Of a load: deletions it judges, those that waited among them, and all before.</summary>
    /// <param name="units">Keys of the units that are asked for, as a table.</param>
    public static string Of(LoadTable parent, string units) => Newest(parent, parent.Odd, units);

    /// <summary>Between loads.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Waiting(LoadTable parent, string units) => Newest(parent, parent.Held!, units);

    /// <summary>Target rows <c>t</c> that went with their parent: joined, they have a <c>g</c>.</summary>
    public static string Join(LoadTable parent, LoadTable table, string graves) =>
        $"JOIN {graves} g ON {parent.Same("g", parent.Contract.Key, "t", table.Contract.ParentKey)} AND {DropOrder.IsNewer("g", "t")}";

    private static string Newest(LoadTable parent, string rows, string units)
    {
        var (key, columns) = (parent.Contract.Key, (IReadOnlyList<string>)[.. parent.Contract.Key, .. DropOrder.Origin]);
        var newest = string.Join(", ", new[] { DropOrder.Version, DropOrder.Drop, DropOrder.File }.Select(name => $"d.{parent.Q(name)} DESC"));
        return $"(SELECT {parent.List("q", columns)} FROM (\n      SELECT {parent.List("d", columns)}, ROW_NUMBER() OVER (PARTITION BY {parent.List("d", key)} ORDER BY {newest}) AS n FROM (\n" +
            $"        SELECT {parent.List("o", columns)} FROM {rows} o WHERE o.{parent.Q(DropRef.ChangeColumn)} = 1 UNION ALL SELECT {parent.List("o", columns)} FROM {parent.Tombstones} o\n" +
            $"      ) d JOIN {units} e ON {parent.Same("e", key, "d", key)}\n    ) q WHERE q.n = 1)";
    }
}
