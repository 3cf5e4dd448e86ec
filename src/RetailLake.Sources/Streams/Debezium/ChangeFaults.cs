using RetailLake.Core.Rows;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>Why an event gives no row.</summary>
internal static class ChangeFaults
{
    public static readonly RejectReason NoEvent = new(RejectCode.Event, "a change event of Debezium: an envelope with op, before and after, or a flattened row");
    public static readonly RejectReason UnknownOp = new(RejectCode.Event, "op c, u, d, r or t");
    public static readonly RejectReason NoImage = new(RejectCode.Event, "the row's values where op has them: after for c, u and r");
    public static readonly RejectReason OtherKey = new(RejectCode.Event, "one key before and after: Debezium writes a change of the key as a deletion and a creation");
    public static readonly RejectReason NoPosition = new(RejectCode.Position, "the file and pos of MySQL's binary log; without them write 'version: offset' in 'retaillake.stream'");
    public static readonly RejectReason NoDeleted = new(RejectCode.Event, "__deleted in a flattened event (delete.tombstone.handling.mode rewrite), for a tombstone alone has no position; or 'version: offset'");
    public static readonly RejectReason NoKey = new(RejectCode.RecordKey, "a record key with the table's key columns");
    public static readonly RejectReason NoRecordKey = new(RejectCode.RecordKey, "a record key: the version is the offset, which orders the records of one key only");
}
