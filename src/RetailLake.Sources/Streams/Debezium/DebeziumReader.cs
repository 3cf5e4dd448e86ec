using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>
/// Change events of Debezium's MySQL connector, as rows of the topic's table. Enveloped or flattened, with a schema or without: each event shows which it is.
/// Schema changes, transactions, heartbeats and, where deletions come as events of their own, tombstones are no rows and are counted.
/// </summary>
/// <remarks>
/// | event | row |
/// | --- | --- |
/// | c, u, r | Upsert of <c>after</c>; r and everything of a snapshot is the oldest at its position |
/// | d, <c>__deleted</c> | Delete of the key in <c>before</c>, or of the record's key |
/// | t | Truncate |
/// | no value | by position: counted, the deletion came before it; by offset: Delete of the record's key, for flattened events may have no other |
/// </remarks>
public sealed class DebeziumReader : StreamRecordReader
{
    private readonly int table;
    private readonly bool byOffset;
    private readonly ChangeRow row;
    private readonly EnvelopeReader envelope;
    private readonly FlatReader flat;
    private readonly SchemaWrapper wrapper = new();
    private readonly JsonScan scan = new();
    private readonly ChangeKey key;
    private string? skipped;
    private bool isFlat;
    private bool hasRow;

    /// <param name="firstOffset">Records below it are left out: another segment has them.</param>
    public DebeziumReader(Contract contract, SegmentReader segment, long firstOffset = 0)
        : base(contract, segment, firstOffset)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var stream = contract.Stream!;
        table = stream.Topic is null ? contract.Tables.Index().FirstOrDefault(pair => pair.Item.Record == Of.Topic).Index : 0;
        var own = contract.Tables[table];
        byOffset = stream.Version == StreamVersion.Offset;
        row = new ChangeRow(own, stream.Encoding);
        envelope = new EnvelopeReader(own, byOffset);
        flat = new FlatReader(own, byOffset);
        key = new ChangeKey(own);
    }

    public override void Dispose()
    {
        row.Dispose();
        base.Dispose();
    }

    private protected override bool Begin(int start, int length)
    {
        if (byOffset && Record.KeyStart < 0)
        {
            return Refuse(ChangeFaults.NoRecordKey);
        }

        // A guess that does not read well may be a payload with something behind it.
        return wrapper.TryGuess(Buffer, start, length, out var payload, out var payloadLength) && Scan(payload, payloadLength) is null ? Take()
            : wrapper.Split(Buffer, start, length, out payload, out payloadLength) is { } fault ? Refuse(fault)
            : Buffer.AsSpan(payload, payloadLength).SequenceEqual("null"u8) ? BeginTombstone()
            : Scan(payload, payloadLength) is { } unread ? Refuse(unread)
            : Take();
    }

    private protected override bool BeginTombstone()
    {
        if (!byOffset)
        {
            return Skip("tombstone");
        }

        row.Begin(Buffer, Record.IsAscii);
        if (!key.TryFill(Buffer, Record, row))
        {
            row.Row.Refuse(ChangeFaults.NoKey);
        }

        return Show(RowChange.Delete, Record.Offset, Record.Offset, Record.Timestamp);
    }

    private protected override bool Refuse(RejectReason reason)
    {
        row.Begin(Buffer, isAscii: false);
        row.Row.Refuse(reason);
        return Show(RowChange.Upsert, Record.Offset, Record.Offset, Record.Timestamp);
    }

    private protected override bool Next()
    {
        var shown = hasRow;
        hasRow = false;
        return shown;
    }

    /// <summary>Reads the payload by the plan of the form that it has; the form of the last record is tried first.</summary>
    /// <returns>Null when it is an event, or something that is known to be none.</returns>
    private RejectReason? Scan(int start, int length)
    {
        skipped = null;
        if (isFlat && scan.Read(Buffer, start, length, flat.Root) is null && flat.IsMarked(scan.Frames))
        {
            return null;
        }

        isFlat = false;
        var fault = scan.Read(Buffer, start, length, envelope.Root);
        if (ReferenceEquals(fault, JsonScan.NotJson) || (fault is null && envelope.IsEnvelope(scan.Frames)))
        {
            return fault;
        }

        // Columns may be named like members of the envelope, or of the connector's other events: what is marked as a row is one.
        var other = fault is null ? envelope.Other(scan.Frames, Buffer) : null;
        var unread = scan.Read(Buffer, start, length, flat.Root);
        isFlat = unread is null && (flat.IsMarked(scan.Frames) || (other is null && byOffset && flat.HasColumns(scan.Frames)));
        if (isFlat)
        {
            return null;
        }

        skipped = other ?? (unread is null && fault is null && !flat.HasColumns(scan.Frames) && Heartbeat.Is(Buffer.AsSpan(start, length)) ? "heartbeat" : null);
        return skipped is null ? unread ?? fault ?? ChangeFaults.NoEvent : null;
    }

    private bool Take()
    {
        if (skipped is not null)
        {
            return Skip(skipped);
        }

        var fault = isFlat ? flat.Read(scan.Frames, Buffer, Record, out var change) : envelope.Read(scan.Frames, Buffer, Record, out change);
        if (fault is not null)
        {
            return Refuse(fault);
        }

        row.Begin(Buffer, Record.IsAscii);
        row.Fill(scan.Frames, change.Columns, Buffer, wrapper.Schema, keyOnly: change.Kind == RowChange.Delete);
        if (change.Kind == RowChange.Delete && !row.HasKey() && !(change.Columns.Length == 0 && key.TryFill(Buffer, Record, row)))
        {
            row.Row.Refuse(ChangeFaults.NoKey);
        }

        return Show(change.Kind, change.Version, change.Drop, change.Millis);
    }

    private bool Show(RowChange change, long version, long drop, long millis)
    {
        hasRow = true;
        Show(table, row.Row, new(File, drop, version, change, millis));
        return true;
    }
}
