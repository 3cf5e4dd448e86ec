using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>What a flattened event does.</summary>
internal sealed class FlatReader(ContractTable table, bool byOffset)
{
    private readonly FlatPlan plan = new(table);

    public JsonScope Root => plan.Root;

    /// <summary>Whether it says of itself that it was an event.</summary>
    public bool IsMarked(JsonFrames frames) => frames[0, plan.Op].IsThere || frames[0, plan.Deleted].IsThere || frames[0, plan.File].IsThere;

    public bool HasColumns(JsonFrames frames)
    {
        foreach (var slot in plan.Columns)
        {
            if (frames[0, slot].IsThere)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Null when the change can be taken.</returns>
    public RejectReason? Read(JsonFrames frames, byte[] buffer, in RecordHead record, out Change change)
    {
        change = default;
        var (op, deleted) = (frames[0, plan.Op], frames[0, plan.Deleted]);
        if (op.HasValue && (op.Kind != JsonTokenType.String || op.Of(buffer) is not [(byte)'c' or (byte)'u' or (byte)'d' or (byte)'r' or (byte)'t']))
        {
            return ChangeFaults.UnknownOp;
        }

        var letter = op.HasValue ? op.Of(buffer)[0] : (byte)'u';
        var isDelete = letter == 'd' || deleted.Kind == JsonTokenType.True || (deleted.Kind == JsonTokenType.String && deleted.Of(buffer).SequenceEqual("true"u8));
        var kind = letter == 't' ? RowChange.Truncate : isDelete ? RowChange.Delete : RowChange.Upsert;
        var (version, drop) = (record.Offset, record.Offset);
        if (!byOffset && !deleted.HasValue && kind == RowChange.Upsert)
        {
            return ChangeFaults.NoDeleted;
        }

        var isRead = letter == 'r' || EnvelopeReader.IsSnapshot(frames[0, plan.Snapshot], buffer);
        if (!byOffset && !SourcePosition.TryRead(buffer, frames[0, plan.File], frames[0, plan.Pos], frames[0, plan.Row], isRead, kind == RowChange.Upsert, out version, out drop))
        {
            return ChangeFaults.NoPosition;
        }

        var millis = SourcePosition.TryNumber(frames[0, plan.SourceMillis], buffer, RecordHead.LastMillis, out var source) && source > 0 ? source
            : SourcePosition.TryNumber(frames[0, plan.Millis], buffer, RecordHead.LastMillis, out var own) && own > 0 ? own : record.Timestamp;
        change = new(kind, kind == RowChange.Truncate ? [] : plan.Columns, version, drop, millis);
        return null;
    }
}
