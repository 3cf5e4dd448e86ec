using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>What the warehouse keeps of a feed of topics beside its rows.</summary>
internal static class StreamTables
{
    public const string HeldAt = "_held_at";
    public const string ExpiredAt = "_expired_at";

    /// <summary>Behind the contract's columns, in the order of the files.</summary>
    public static IReadOnlyList<ContractColumn> Behind { get; } =
    [
        .. DropOrder.Origin.Select(TableShape.Whole), TableShape.Whole(DropRef.ChangeColumn),
        new() { Name = DropRef.EventColumn, SourceName = DropRef.EventColumn, Type = new(ColumnKind.Timestamp, "timestamp") { Scale = 6 } },
    ];

    /// <summary>Rows of a document are published with its parent, whose tombstone is theirs too; other tables have their own.</summary>
    public static bool HasTombstones(Contract contract, ContractTable table) => contract.Stream is not null && (!contract.IsDocument || ReferenceEquals(contract.Parent, table));

    /// <summary>Units whose rows come by themselves are held until all are there.</summary>
    public static bool Holds(Contract contract) => contract.Stream is not null && contract.Parent.Complete.Count > 0;

    public static string TombstoneName(Contract contract, ContractTable table) => $"tombstone_{contract.Source}_{contract.Feed}_{table.Name}";

    public static string HeldName(Contract contract, ContractTable table) => $"held_{contract.Source}_{contract.Feed}_{table.Name}";

    /// <summary>For people: how far each partition is loaded, and what was seen on the way.</summary>
    public static string Positions(SqlDialect sql) =>
        $"CREATE OR REPLACE VIEW {sql.OpsTable(OpsTables.Positions)} AS\nSELECT contract, topic, {sql.Quote("partition")}, MAX(next_offset) AS next_offset, SUM(records) AS records, SUM(gaps) AS gaps, " +
        $"MAX(last_event_at) AS last_event_at, MAX(loaded_at) AS loaded_at\nFROM {sql.OpsTable(OpsTables.Streams)} GROUP BY contract, topic, {sql.Quote("partition")}";

    /// <summary>What a load could not keep right.</summary>
    public static IReadOnlyList<string> Problems(Contract contract)
    {
        if (contract.Stream is null)
        {
            return [];
        }

        List<string> problems = [];
        if (contract.IsDocument && contract.Parent.Complete.Count > 0)
        {
            problems.Add($"'{contract.Id}' holds units until they are complete, and each record of its topic holds a whole one.");
        }

        if (Holds(contract) && contract.Stream.Version == StreamVersion.Offset)
        {
            problems.Add($"'{contract.Id}' holds units until they are complete, and offsets of different topics say nothing of which row is newer: its version must come from the source.");
        }

        foreach (var table in contract.Tables.Skip(1).Where(table => (contract.IsDocument || Holds(contract)) && !table.ParentKey.All(table.Key.Contains)))
        {
            problems.Add($"The key of '{table.Name}' in '{contract.Id}' does not hold that of its parent ({string.Join(", ", table.ParentKey)}): nobody could tell which unit a row belongs to.");
        }

        return problems;
    }

    public static IEnumerable<TableShape> Of(Contract contract, SqlDialect sql)
    {
        foreach (var table in contract.Tables.Where(table => HasTombstones(contract, table)))
        {
            // Without a key it is a truncation: under it nothing appears again.
            yield return new(SqlDialect.Ops, TombstoneName(contract, table),
            [
                .. table.Key.Select(name => new ColumnShape(name, sql.TypeOf(table.Column(name)))),
                .. DropOrder.Origin.Append(LoadTable.Run).Select(name => new ColumnShape(name, "BIGINT", true)),
            ]);
        }

        foreach (var table in Holds(contract) ? contract.Tables : [])
        {
            yield return new(SqlDialect.Ops, HeldName(contract, table),
            [
                .. table.Columns.Concat(Behind).Select(column => new ColumnShape(column.Name, sql.TypeOf(column))),
                new(HeldAt, "TIMESTAMP", true), new(ExpiredAt, "TIMESTAMP"),
            ]);
        }
    }
}
