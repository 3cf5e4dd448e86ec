using RetailLake.Core.Contracts;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>The members of a flattened event (ExtractNewRecordState): the row's columns, and what <c>add.fields</c> puts beside them.</summary>
internal sealed class FlatPlan
{
    public FlatPlan(ContractTable table)
    {
        Columns = [.. table.Columns.Select(column => Top(column.SourceName))];
        (Op, Deleted) = (Top("__op"), Top("__deleted"));
        (File, Pos, Row) = (Top("__source_file"), Top("__source_pos"), Top("__source_row"));
        (Snapshot, SourceMillis, Millis) = (Top("__source_snapshot"), Top("__source_ts_ms"), Top("__ts_ms"));
    }

    public JsonScope Root { get; } = new(0);

    /// <summary>Slots by column.</summary>
    public int[] Columns { get; }

    public int Op { get; }

    public int Deleted { get; }

    public int File { get; }

    public int Pos { get; }

    public int Row { get; }

    public int Snapshot { get; }

    public int SourceMillis { get; }

    public int Millis { get; }

    private int Top(string name) => Root.Node.Member(name, Root).Slot;
}
