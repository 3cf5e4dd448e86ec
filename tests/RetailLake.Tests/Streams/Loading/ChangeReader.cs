using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>
/// Records for tests, a row a line: <c>table|change|version|place|field|field</c>; <c>@</c> is the record's offset, <c>~</c> NULL. A record <c>!</c> is a refused
/// row of the parent; one without value is skipped.
/// </summary>
internal sealed class ChangeReader(Contract contract, DropRef segment, Stream stored) : DropReader
{
    public static readonly RejectReason Poison = new("event", "a change event");

    private readonly SegmentReader records = SegmentReader.Open(stored, segment.Object.Key);
    private readonly LandedRow[] rows = [.. contract.Tables.Select(table => new LandedRow(table.Columns.Count))];
    private readonly long[] numbers = new long[contract.Tables.Count];
    private readonly Dictionary<string, long> skipped = [];
    private readonly Queue<string> lines = [];
    private RowOrigin origin;

    public override IReadOnlyDictionary<string, long> Skipped => skipped;

    public override RowOrigin? Origin => origin;

    public override long? RecordOffset => records.Offset;

    public override bool Read()
    {
        while (lines.Count == 0)
        {
            if (!records.Read())
            {
                return false;
            }

            if (records.Offset < (segment.FirstOffset ?? 0))
            {
                continue;
            }

            UnitNumber++;
            if (records.Value is not { } value)
            {
                skipped["tombstone"] = skipped.GetValueOrDefault("tombstone") + 1;
                continue;
            }

            foreach (var line in Encoding.UTF8.GetString(value.Span).Split('\n'))
            {
                lines.Enqueue(line);
            }
        }

        Show(lines.Dequeue());
        return true;
    }

    public override void Dispose()
    {
        records.Dispose();
        foreach (var row in rows)
        {
            row.Dispose();
        }
    }

    private void Show(string line)
    {
        var parts = line.Split('|');
        TableIndex = line == "!" ? 0 : contract.Tables.ToList().FindIndex(table => table.Name == parts[0]);
        Row = rows[TableIndex];
        var file = DropRef.NumberOf(records.Of.ToString());
        if (line == "!")
        {
            Row.Begin([], ++numbers[0]);
            Row.Refuse(Poison);
            origin = new(file, records.Offset, 0, RowChange.Upsert, records.Timestamp);
            return;
        }

        origin = new(file, Number(parts[3]), Number(parts[2]), Enum.Parse<RowChange>(parts[1]), records.Timestamp);
        Row.Begin(Encoding.UTF8.GetBytes(string.Concat(parts.Skip(4))), ++numbers[TableIndex]);
        var start = 0;
        foreach (var (index, field) in parts.Skip(4).Index())
        {
            if (field != "~")
            {
                Row.Set(index, start, Encoding.UTF8.GetByteCount(field));
            }

            start += Encoding.UTF8.GetByteCount(field);
        }
    }

    private long Number(string text) => text == "@" ? records.Offset : long.Parse(text, CultureInfo.InvariantCulture);
}

internal sealed class ChangeReaders : IDropReaders
{
    public DropReader Open(Contract contract, DropRef drop, Stream stored) => new ChangeReader(contract, drop, stored);
}
