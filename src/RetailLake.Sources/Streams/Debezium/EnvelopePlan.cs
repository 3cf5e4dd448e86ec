using RetailLake.Core.Contracts;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>The members of Debezium's envelope, and of the other values that its topics hold.</summary>
internal sealed class EnvelopePlan
{
    public EnvelopePlan(ContractTable table)
    {
        var (before, after, source) = (Root.Node.Member("before", Root), Root.Node.Member("after", Root), Root.Node.Member("source", Root));
        (Before, After, Source) = (before.Slot, after.Slot, source.Slot);
        BeforeColumns = Columns(before.Object = new(), table);
        AfterColumns = Columns(after.Object = new(), table);
        source.Object = new();
        File = source.Object.Member("file", Root).Slot;
        Pos = source.Object.Member("pos", Root).Slot;
        Row = source.Object.Member("row", Root).Slot;
        Snapshot = source.Object.Member("snapshot", Root).Slot;
        SourceMillis = source.Object.Member("ts_ms", Root).Slot;
        SourceSeconds = source.Object.Member("ts_sec", Root).Slot;
        Op = Top("op");
        Millis = Top("ts_ms");
        Ddl = Top("ddl");
        DatabaseName = Top("databaseName");
        Status = Top("status");
        EventCount = Top("event_count");
        DataCollections = Top("data_collections");
    }

    public JsonScope Root { get; } = new(0);

    public int Before { get; }

    public int After { get; }

    public int Source { get; }

    /// <summary>Slots by column.</summary>
    public int[] BeforeColumns { get; }

    public int[] AfterColumns { get; }

    public int File { get; }

    public int Pos { get; }

    public int Row { get; }

    public int Snapshot { get; }

    public int SourceMillis { get; }

    /// <summary>Of connectors before 1.0.</summary>
    public int SourceSeconds { get; }

    public int Op { get; }

    public int Millis { get; }

    public int Ddl { get; }

    public int DatabaseName { get; }

    public int Status { get; }

    public int EventCount { get; }

    public int DataCollections { get; }

    private int[] Columns(JsonNode row, ContractTable table) => [.. table.Columns.Select(column => row.Member(column.SourceName, Root).Slot)];

    private int Top(string name) => Root.Node.Member(name, Root).Slot;
}
