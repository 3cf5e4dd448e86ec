using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Tests.Warehouse;

/// <summary>What the tables must hold, from the set of drops alone; the SQL never sees it. Keys, scopes and parents are texts.</summary>
internal static class DropModel
{
    /// <returns>As <see cref="DropLake.DumpAsync"/> prints it.</returns>
    public static string Dump(Contract contract, IEnumerable<TestDrop> drops)
    {
        var rows = drops.Where(drop => !drop.IsTorn).SelectMany(drop => drop.Rows.Select(row => new Row(contract, drop.Ref(contract), row))).ToList();
        var files = drops.Where(drop => !drop.IsTorn).Select(drop => drop.Ref(contract)).GroupBy(drop => drop.FileNumber)
            .ToDictionary(versions => versions.Key, versions => versions.Max(drop => (drop.Version, drop.Number)));
        var scopes = rows.Select(row => (row.Scope, row.Drop))
            .Concat(drops.Where(drop => !drop.IsTorn).SelectMany(drop => drop.Told.Select(told => (Scope: $"{told.Store}|{told.Day}", Drop: drop.Ref(contract)))))
            .GroupBy(said => said.Scope).ToDictionary(scope => scope.Key, scope => scope.Max(said => (said.Drop.Version, said.Drop.Number)));
        var latest = contract.Drop!.Replaces switch
        {
            DropScope.File => rows.Where(row => files[row.Drop.FileNumber] == (row.Drop.Version, row.Drop.Number)),
            DropScope.Columns => rows.Where(row => scopes[row.Scope] == (row.Drop.Version, row.Drop.Number)),
            _ => rows,
        };
        var parents = Newest(latest.Where(row => row.Table == contract.Parent.Name));
        var winner = parents.ToDictionary(row => row.Key);
        var units = rows.Where(row => row.Table == contract.Parent.Name).Select(row => (row.Key, row.Drop.Id)).ToHashSet();
        return string.Join('\n', contract.Tables.Select(table => $"{table.Name}\n" + string.Join('\n', Newest(latest.Where(row => row.Table == table.Name && Stands(row)))
            .Where(row => !(contract.Parent.SoftDeleteColumn is not null && row.Values.Contains("true", StringComparison.Ordinal))).Select(row => row.Print()).Order(StringComparer.Ordinal))));

        // A row that came with its parent stands with it; one that came alone, unless a newer parent says otherwise.
        bool Stands(Row row) => winner.TryGetValue(row.Parent, out var parent)
            ? parent.Drop.Id == row.Drop.Id || (!units.Contains((row.Parent, row.Drop.Id)) && row.Order.CompareTo(parent.Order) > 0)
            : !units.Contains((row.Parent, row.Drop.Id));
    }

    private static List<Row> Newest(IEnumerable<Row> rows) =>
        [.. rows.GroupBy(row => row.Key).Select(copies => copies.MaxBy(row => (row.Order, row.Values))!)];

    private sealed record Row(string Table, string Key, string Parent, string Scope, string Values, DropRef Drop)
    {
        public Row(Contract contract, DropRef drop, DropRow row)
            : this(row.Table, "", "", "", row.Values, drop)
        {
            var table = contract.Tables.Single(candidate => candidate.Name == row.Table);
            var values = row.Values.Split(", ").Zip(table.Columns, (value, column) => (column.Name, value)).ToDictionary(pair => pair.Name, pair => pair.value);
            string Of(IEnumerable<string> columns) => string.Join('|', columns.Select(column => values[column]));
            (Key, Parent, Scope) = (Of(table.Key), Of(table.ParentKey.Count == 0 ? table.Key : table.ParentKey), Of(contract.Drop!.ReplacesColumns));
        }

        public (long Version, long Content, long Name) Order => (Drop.Version, Drop.Number, Drop.FileNumber);

        public string Print() => $"{Values.Replace("'", "", StringComparison.Ordinal).Replace(", ", ",", StringComparison.Ordinal)},{Drop.Version},{Drop.Number},{Drop.FileNumber}";
    }
}
