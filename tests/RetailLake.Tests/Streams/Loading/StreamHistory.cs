using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>One row of one record.</summary>
/// <param name="Key">Parts of the key, joined by <c>|</c>; empty for a truncation.</param>
/// <param name="Values">What follows the key.</param>
internal sealed record ChangedRow(string Table, RowChange Change, string Key, string Values);

/// <summary>A record: where it is produced, where it stands in order, and its rows.</summary>
internal sealed record ChangeEvent(TopicPartition Of, long Offset, long Version, long Place, IReadOnlyList<ChangedRow> Rows)
{
    public (long Version, long Place, long File) Order => (Version, Place, DropRef.NumberOf(Of.ToString()));

    public StreamRecord Record => Segments.Record(Offset, string.Join('\n', Rows.Select(row => string.Create(
        CultureInfo.InvariantCulture, $"{row.Table}|{row.Change}|{Version}|{Place}|{(row.Key.Length == 0 ? "~" : row.Key)}|{row.Values}"))));
}

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>Histories of records for the three kinds of contracts; what each must end as is worked out here, one row after the other, with no SQL.</summary>
internal sealed class StreamHistory(Contract contract, Random random)
{
    private readonly Dictionary<TopicPartition, long> offsets = [];

    public List<ChangeEvent> Events { get; } = [];

    /// <summary>Bills with revisions that come in any order; a revision may come twice, with other lines the second time.</summary>
    public StreamHistory MakeBills(int count, int bills)
    {
        for (var number = 0; number < count; number++)
        {
            var no = random.Next(bills);
            var of = new TopicPartition(contract.Stream!.Topic!, random.Next(3));
            var text = Text(no);
            if (random.Next(8) == 0)
            {
                Add(of, random.Next(6), place: null, new ChangedRow("bill", RowChange.Delete, text, "~|~"));
                continue;
            }

            List<ChangedRow> rows = [new("bill", RowChange.Upsert, text, $"b{number}|{number}.00")];
            rows.AddRange(Children("line", text, number));
            rows.AddRange(Children("tender", text, number));
            Add(of, random.Next(6), place: null, [.. rows]);
        }

        return this;
    }

    /// <summary>Changes of single rows at positions of a log, with truncations among them.</summary>
    public StreamHistory MakePoints(int count, int keys)
    {
        var truncations = 1 + random.Next(2);
        for (var position = 1; position <= count; position++)
        {
            var isTruncation = truncations > 0 && random.Next(count) < 2;
            truncations -= isTruncation ? 1 : 0;
            var row = isTruncation ? new ChangedRow("points", RowChange.Truncate, "", "~|~")
                : random.Next(5) == 0 ? new("points", RowChange.Delete, Text(random.Next(keys)), "~|~")
                : new("points", RowChange.Upsert, Text(random.Next(keys)), $"n{position}|{position}.00");
            Add(new("db.points", random.Next(2)), position, 0, row);
        }

        return this;
    }

    /// <summary>
    /// What a database does: sales change within transactions, and every head always tells the truth about its rows once all events are there. Some sales are deleted
    /// by a cascade, which writes no event of the rows below, and some of those are made anew at once.
    /// </summary>
    public StreamHistory MakeSales(int transactions, int sales)
    {
        var position = 0L;
        Dictionary<int, (HashSet<int> Items, HashSet<int> Payments)> now = [];
        for (var number = 0; number < transactions; number++)
        {
            var no = random.Next(sales);
            var isNew = !now.TryGetValue(no, out var rows);
            if (isNew)
            {
                now[no] = rows = ([], []);
            }

            if (!isNew && random.Next(6) == 0)
            {
                rows.Items.Clear();
                rows.Payments.Clear();
                Add(new("db.sale", 0), ++position, 0, new ChangedRow("sale", RowChange.Delete, Text(no), "~|~|~|~"));
                if (random.Next(2) == 0)
                {
                    now.Remove(no);
                    continue;
                }
            }

            var isEnd = !isNew && random.Next(6) == 0;
            Change("item", no, rows.Items, isEnd, ref position);
            Change("payment", no, rows.Payments, isEnd, ref position);
            Add(new("db.sale", 0), ++position, 0, isEnd
                ? new("sale", RowChange.Delete, Text(no), "~|~|~|~")
                : new ChangedRow("sale", RowChange.Upsert, Text(no), $"s{position}|{position}.00|{rows.Items.Count}|{rows.Payments.Count}"));
            if (isEnd)
            {
                now.Remove(no);
            }
        }

        return this;
    }

    /// <summary>As <see cref="StreamLake.DumpAsync"/>.</summary>
    public string Expected()
    {
        var rows = contract.IsDocument ? Documents() : contract.Tables.SelectMany(table => Rows(table.Name));
        return string.Join('\n', rows.Select(row => $"{row.Table}|{row.Key}|{row.Values}").Order(StringComparer.Ordinal));
    }

    private IEnumerable<ChangedRow> Documents() => Events
        .GroupBy(change => change.Rows[0].Key)
        .Select(bill => bill.MaxBy(change => change.Order)!)
        .Where(change => change.Rows[0].Change == RowChange.Upsert)
        .SelectMany(change => change.Rows);

    private IEnumerable<ChangedRow> Rows(string table)
    {
        var own = Events.Where(change => change.Rows[0].Table == table).ToList();
        var gone = table == contract.Parent.Name ? [] : Events.Where(change => change.Rows[0] is { Change: RowChange.Delete } row && row.Table == contract.Parent.Name)
            .GroupBy(change => change.Rows[0].Key).ToDictionary(unit => unit.Key, unit => unit.Max(change => change.Order));
        var floor = own.Where(change => change.Rows[0].Change == RowChange.Truncate).Select(change => change.Order).DefaultIfEmpty().Max();
        return own.Where(change => change.Rows[0].Change != RowChange.Truncate)
            .GroupBy(change => change.Rows[0].Key)
            .Select(row => row.MaxBy(change => change.Order)!)
            .Where(change => change.Rows[0].Change == RowChange.Upsert && change.Order.CompareTo(floor) > 0 && change.Order.CompareTo(gone.GetValueOrDefault(change.Rows[0].Key.Split('|')[0])) > 0)
            .Select(change => change.Rows[0]);
    }

    private IEnumerable<ChangedRow> Children(string table, string no, int number) =>
        Enumerable.Range(0, random.Next(4)).Select(child => new ChangedRow(table, RowChange.Upsert, $"{no}|{child}", $"c{number}|{number}.00"));

    private void Change(string table, int no, HashSet<int> rows, bool isEnd, ref long position)
    {
        foreach (var row in isEnd ? [.. rows] : rows.Where(_ => random.Next(3) == 0).ToList())
        {
            rows.Remove(row);
            Add(new($"db.{table}", row % 2), ++position, 0, new ChangedRow(table, RowChange.Delete, $"{Text(no)}|{row}", "~|~"));
        }

        for (var more = isEnd ? 0 : random.Next(3); more > 0; more--)
        {
            var row = random.Next(4);
            rows.Add(row);
            Add(new($"db.{table}", row % 2), ++position, 0, new ChangedRow(table, RowChange.Upsert, $"{Text(no)}|{row}", $"r{position}|{position}.00"));
        }
    }

    private void Add(TopicPartition of, long version, long? place, params IReadOnlyList<ChangedRow> rows)
    {
        var offset = offsets.GetValueOrDefault(of);
        offsets[of] = offset + 1;
        Events.Add(new(of, offset, version, place ?? offset, rows));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
