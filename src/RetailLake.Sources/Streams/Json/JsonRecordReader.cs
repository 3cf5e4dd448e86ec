using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Sources.Streams.Json;

/// <summary>
/// Records whose value is one JSON object: a row of the first table, and rows of the others from its arrays; or, where every table has a topic of its own, one row.
/// </summary>
public sealed class JsonRecordReader : StreamRecordReader
{
    private static readonly RejectReason NoKey = new(RejectCode.RecordKey, "a record key: the version is the offset, which orders the records of one key only");
    private static readonly RejectReason NoValue = new(RejectCode.Json, "a value: the contract does not say whose row a record without one deletes");

    private readonly JsonPlan plan;
    private readonly JsonTable[] tables;
    private readonly int first;
    private readonly JsonScan scan = new();
    private readonly JsonVersion version;
    private readonly JsonKey? key;
    private RowOrigin origin;
    private int frame;
    private bool hasAlone;

    /// <param name="firstOffset">Records below it are left out: another segment has them.</param>
    public JsonRecordReader(Contract contract, SegmentReader segment, long firstOffset = 0)
        : base(contract, segment, firstOffset)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var stream = contract.Stream!;
        first = stream.Topic is null ? Math.Max(0, contract.Tables.Index().FirstOrDefault(pair => pair.Item.Record == Of.Topic).Index) : 0;
        IReadOnlyList<ContractTable> own = stream.Topic is null ? [contract.Tables[first]] : contract.Tables;
        plan = JsonPlan.Build(own);
        tables = [.. own.Select((table, index) => new JsonTable(table, plan.Places[index], Of))];
        version = new JsonVersion(stream, own[0]);
        key = stream.Key.Count > 0 && first == 0 ? new JsonKey(stream.Key, own[0]) : null;
    }

    public override void Dispose()
    {
        foreach (var table in tables)
        {
            table.Dispose();
        }

        base.Dispose();
    }

    private protected override bool Begin(int start, int length)
    {
        if (version.IsOffset && Record.KeyStart < 0)
        {
            return Refuse(NoKey);
        }

        if (scan.Read(Buffer, start, length, plan.Root) is { } fault)
        {
            return Refuse(fault);
        }

        frame = 0;
        return true;
    }

    private protected override bool BeginTombstone()
    {
        if (key is null)
        {
            return Refuse(NoValue);
        }

        var row = tables[0].Begin(Buffer);
        if (key.TryWrite(Buffer, Record, row) is { } fault)
        {
            row.Refuse(fault);
        }

        return ShowAlone(RowChange.Delete);
    }

    private protected override bool Refuse(RejectReason reason)
    {
        tables[0].Begin(Buffer).Refuse(reason);
        return ShowAlone(RowChange.Upsert);
    }

    private protected override bool Next()
    {
        if (hasAlone)
        {
            hasAlone = false;
            return true;
        }

        for (; frame < scan.Frames.Count; frame++)
        {
            var index = scan.Frames.Table(frame);
            if (index < 0)
            {
                continue;
            }

            tables[index].Write(scan.Frames, frame, Buffer, Record);
            if (frame == 0)
            {
                origin = version.Of(tables[0].Row, Record, File);
            }

            Show(first + index, tables[index].Row, origin);
            frame++;
            return true;
        }

        return false;
    }

    /// <summary>A row that is not of the record's value.</summary>
    private bool ShowAlone(RowChange change)
    {
        (frame, hasAlone) = (int.MaxValue, true);
        Show(first, tables[0].Row, new(File, Record.Offset, Record.Offset, change, Record.Timestamp));
        return true;
    }
}
