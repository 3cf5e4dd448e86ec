namespace RetailLake.Core.Warehouse;

/// <summary>Finds the target rows that go: replaced by a kept row, deleted by a record, below a truncation, or children that their document no longer has.</summary>
internal static class StreamLeaving
{
    public static string Create(LoadBatch load, LoadTable table) => LeavingRows.Create(table, Branches(load, table));

    private static IEnumerable<string> Branches(LoadBatch load, LoadTable table)
    {
        var key = table.Contract.Key;
        var notSettled = $"LEFT JOIN {table.Settled(key)} k ON {table.SameKey("k", "t")}";
        var document = load.Contract.IsDocument && !table.IsParent ? load.Parent : null;

        // A document's rows are published by one load and leave together: without a leaving parent there is none to look for, and with one its run says where.
        var unit = document is not null && table.Contract.ParentKey.All(key.Contains) ? document : null;
        yield return LeavingRows.Replaced(load, table, [], unit);
        if (document is not null)
        {
            var (units, andRun) = unit is null ? (document.Settled(document.Contract.Key), "") : (unit.Leaving, $" AND {LeavingRows.SameRun(table, "u", "t")}");
            yield return $"{From(table, "swept")} JOIN {units} u ON {table.Same("u", document.Contract.Key, "t", table.Contract.ParentKey)}{andRun}\n{notSettled}\nWHERE k.{table.Q(key[0])} IS NULL";
            yield break;
        }

        var deleted = $"o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = 'deleted'";
        yield return $"{From(table, "deleted")} JOIN {table.Odd} o ON {table.SameKey("o", "t")}\nWHERE {deleted}";
        var gone = "";
        if (table.Held is not null && !table.IsParent)
        {
            // What is held keeps its last complete state, rows of a deleted parent included, until it is complete again.
            var dead = StreamGraves.Join(load.Parent, table, StreamGraves.Of(load.Parent, $"(\n    {StreamHolding.Moving(load)}\n    )"));
            yield return $"{From(table, "swept")} {dead}\n{notSettled}\nWHERE k.{table.Q(key[0])} IS NULL";
            gone = $"\nLEFT {dead}";
        }

        yield return $"{From(table, "swept")} JOIN {StreamFates.Floor(table, stagedOnly: true)} c ON {DropOrder.IsNewer("c", "t")}\n{notSettled}{gone}\nWHERE k.{table.Q(key[0])} IS NULL" +
            (gone.Length == 0 ? "" : $" AND g.{load.Parent.Q(DropOrder.Version)} IS NULL");
    }

    private static string From(LoadTable table, string why) => LeavingRows.From(table, why, []);
}
