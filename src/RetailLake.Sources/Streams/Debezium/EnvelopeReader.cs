using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>What an enveloped event does.</summary>
internal sealed class EnvelopeReader(ContractTable table, bool byOffset)
{
    private readonly EnvelopePlan plan = new(table);
    private readonly int[] key = [.. table.Key.Select(name => table.Columns.Index().First(pair => pair.Item.Name == name).Index)];
    private readonly bool canBeSchemaChange = table.Columns.All(column => column.SourceName != "ddl");
    private readonly bool canBeTransaction = table.Columns.All(column => column.SourceName is not ("event_count" or "data_collections"));

    public JsonScope Root => plan.Root;

    public bool IsEnvelope(JsonFrames frames) =>
        frames[0, plan.Op].Kind == JsonTokenType.String && (frames[0, plan.Source].IsThere || frames[0, plan.After].IsThere || frames[0, plan.Before].IsThere);

    /// <returns>What the value is when it is of another topic of the connector; null when it is not.</returns>
    public string? Other(JsonFrames frames, byte[] buffer) =>
        canBeSchemaChange && frames[0, plan.Ddl].IsThere && frames[0, plan.DatabaseName].IsThere ? "schema change"
        : canBeTransaction && IsBoundary(frames[0, plan.Status], buffer) && (frames[0, plan.EventCount].IsThere || frames[0, plan.DataCollections].IsThere) ? "transaction"
        : null;

    /// <returns>Null when the change can be taken.</returns>
    public RejectReason? Read(JsonFrames frames, byte[] buffer, in RecordHead record, out Change change)
    {
        change = default;
        var (after, before) = (frames[0, plan.After].HasValue, frames[0, plan.Before].HasValue);
        var op = frames[0, plan.Op].Of(buffer);
        var isRead = op is [(byte)'r'] || IsSnapshot(frames[0, plan.Snapshot], buffer);
        var (kind, columns) = op switch
        {
            [(byte)'c' or (byte)'r' or (byte)'u'] => (RowChange.Upsert, plan.AfterColumns),
            [(byte)'d'] => (RowChange.Delete, before ? plan.BeforeColumns : []),
            [(byte)'t'] => (RowChange.Truncate, []),
            _ => ((RowChange)(-1), Array.Empty<int>()),
        };
        if (kind < 0 || (kind == RowChange.Upsert && (!after || (before && op is [(byte)'u'] && !HasOneKey(frames, buffer)))))
        {
            return kind < 0 ? ChangeFaults.UnknownOp : after ? ChangeFaults.OtherKey : ChangeFaults.NoImage;
        }

        var (version, drop) = (record.Offset, record.Offset);
        if (!byOffset && !SourcePosition.TryRead(buffer, frames[0, plan.File], frames[0, plan.Pos], frames[0, plan.Row], isRead, kind == RowChange.Upsert, out version, out drop))
        {
            return ChangeFaults.NoPosition;
        }

        change = new(kind, columns, version, drop, Time(frames, buffer, record));
        return null;
    }

    /// <summary>Old connectors write a flag, new ones <c>"first"</c>, <c>"last"</c>, <c>"incremental"</c>…; <c>"false"</c> is text as well.</summary>
    public static bool IsSnapshot(in JsonValue snapshot, byte[] buffer) =>
        snapshot.Kind == JsonTokenType.True || (snapshot.Kind == JsonTokenType.String && !snapshot.Of(buffer).SequenceEqual("false"u8));

    private static bool IsBoundary(in JsonValue status, byte[] buffer) =>
        status.Kind == JsonTokenType.String && (status.Of(buffer).SequenceEqual("BEGIN"u8) || status.Of(buffer).SequenceEqual("END"u8));

    private bool HasOneKey(JsonFrames frames, byte[] buffer)
    {
        foreach (var column in key)
        {
            var (old, now) = (frames[0, plan.BeforeColumns[column]], frames[0, plan.AfterColumns[column]]);
            if (old.HasValue && (old.Kind != now.Kind || !old.Of(buffer).SequenceEqual(now.Of(buffer))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>When the source made the change; a snapshot's rows have no such time, but that of the event.</summary>
    private long Time(JsonFrames frames, byte[] buffer, in RecordHead record) =>
        SourcePosition.TryNumber(frames[0, plan.SourceMillis], buffer, RecordHead.LastMillis, out var millis) && millis > 0 ? millis
        : SourcePosition.TryNumber(frames[0, plan.SourceSeconds], buffer, RecordHead.LastMillis / 1_000, out var seconds) && seconds > 0 ? seconds * 1_000
        : SourcePosition.TryNumber(frames[0, plan.Millis], buffer, RecordHead.LastMillis, out millis) && millis > 0 ? millis
        : record.Timestamp;
}
