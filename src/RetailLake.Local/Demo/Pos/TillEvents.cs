using RetailLake.Local.Demo.Files;

namespace RetailLake.Local.Demo.Pos;

/// <summary>The course of the tills: bill after bill; some come once more, some are corrected a little later. Knows what all of it comes to.</summary>
public sealed class TillEvents
{
    public const int Stores = 50;

    private const int Articles = 100_000;
    private const int CorrectedAfter = 37;
    private const int SentTwiceAfter = 23;

    private readonly FileWorld world;
    private readonly TillJson json;
    private readonly int partitions;
    private readonly Dictionary<long, TillRecord> twice = [];
    private TillFigures planted;
    private long broken;

    public TillEvents(int seed, int partitions)
    {
        world = new(seed, Articles, Stores);
        json = new(world);
        this.partitions = partitions;
    }

    /// <summary>Bills so far.</summary>
    public long Bills { get; private set; }

    /// <summary>Records so far: bills, and what came once more.</summary>
    public long Records { get; private set; }

    /// <summary>The next bill, and what comes with it.</summary>
    public IReadOnlyList<TillRecord> Next(DateTimeOffset now)
    {
        var bill = TillBill.Of(world, Bills);
        var record = json.Record(bill, 1, bill.Lines.Count, now, partitions);
        List<TillRecord> records = [record];
        if (bill.IsBroken)
        {
            broken++;
        }
        else
        {
            planted += TillFigures.Of(bill, bill.Lines.Count);
        }

        if (bill.IsSentTwice)
        {
            twice[Bills] = record;
        }

        if (twice.Remove(Bills - SentTwiceAfter, out var again))
        {
            records.Add(again);
        }

        if (Bills >= CorrectedAfter && TillBill.Of(world, Bills - CorrectedAfter) is { IsCorrected: true, Lines.Count: > 1 } earlier)
        {
            records.Add(json.Record(earlier, 2, earlier.Lines.Count - 1, now, partitions));
            planted += TillFigures.Of(earlier, earlier.Lines.Count - 1) - TillFigures.Of(earlier, earlier.Lines.Count);
        }

        Bills++;
        Records += records.Count;
        return records;
    }

    /// <summary>What the lake must come to on its own.</summary>
    public IReadOnlyList<DemoFileTotals> Planted()
    {
        Dictionary<string, long> reasons = broken > 0 ? new() { ["json"] = broken } : [];
        return
        [
            Of("bill", planted.Bills + broken, broken, reasons, ("net_amount", planted.Net)),
            Of("bill_line", planted.Lines, 0, [], ("amount", planted.LineAmount)),
            Of("bill_tender", planted.Tenders, 0, [], ("amount", planted.TenderAmount)),
        ];
    }

    private static DemoFileTotals Of(string table, long rows, long rejected, Dictionary<string, long> reasons, (string Column, long Paise) sum) =>
        new(table, rows, rejected, reasons, new Dictionary<string, decimal> { [sum.Column] = sum.Paise / 100m }, new Dictionary<string, decimal> { [sum.Column] = 0m });
}
