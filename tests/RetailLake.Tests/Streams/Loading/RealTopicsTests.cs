using RetailLake.Core.Contracts;
using RetailLake.Core.Streams;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Streams.Reading;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>The contracts and readers that are shipped, from records to the warehouse.</summary>
public sealed class RealTopicsTests
{
    private static readonly TopicPartition Tills = new("pos.bill", 0);

    private static Contract Bill { get; } = ContractLoader.Load([Repository.Path("contracts")]).Contracts.Single(contract => contract.Id == "pos.bill");

    [Fact]
    public async Task BillsOfTills_EndAsTheirHighestRevision()
    {
        await using var lake = await StreamLake.OpenAsync(Bill, new DropReaders());
        await lake.LandAsync(Tills, Sale(0, "S1-1", 2, 30.50m), Sale(1, "S1-2", 1, 10m), Segments.Record(2, "{\"bill_no\":"), Sale(3, "S1-1", 1, 99m));
        await lake.TakeAsync("bill-1");
        await lake.LandAsync(Tills, Sale(4, "S1-2", 3, 12.25m), Segments.Record(5, null, "S1-2"), Sale(6, "S1-2", 2, 11m));

        var plan = await lake.TakeAsync("bill-2");

        (await lake.TextAsync("SELECT bill_no, revision, net_amount, strftime(_event_at, '%H:%M') FROM pos.bill ORDER BY bill_no")).Should().Be("S1-1,2,30.50,06:30; S1-2,3,12.25,06:30");
        (await lake.TextAsync("SELECT bill_no, line_no, amount FROM pos.bill_line ORDER BY 1, 2")).Should().Be("S1-1,1,15.25; S1-1,2,15.25; S1-2,1,6.13; S1-2,2,6.12");
        (await lake.TextAsync("SELECT bill_no, amount FROM pos.bill_tender ORDER BY 1")).Should().Be("S1-1,30.50; S1-2,12.25");
        (await lake.TextAsync($"SELECT landed, valid, rejected, replaced, duplicate FROM ops.load_balance WHERE work_id = '{plan.WorkId}' AND table_name = 'bill' AND measure = 'rows'")).Should().Be("3,2,1,1,1");
        (await lake.TextAsync("SELECT next_offset, records, gaps FROM ops.stream_position")).Should().Be("7,7,0");
    }

    [Fact]
    public async Task ChangeEvents_EndAsTheDatabaseWhateverComesLate()
    {
        await using var lake = await StreamLake.OpenAsync(ChangeFeed.Customers, new DropReaders());
        await lake.LandAsync(ChangeFeed.Of, Change(0, "u", 1, 300, "b"), Change(1, "c", 2, 400, "x"), Change(2, "d", 2, 500, "x"), Segments.Record(3, null, """{"id":2}"""));
        await lake.TakeAsync("bill-1");

        // A snapshot that began before all that, and a connector that sends the same again after a crash.
        await lake.LandAsync(ChangeFeed.Of, Change(4, "r", 1, 200, "a"), Change(5, "r", 2, 450, "y"), Change(6, "r", 3, 450, "z"), Change(7, "u", 1, 300, "b"), Change(8, "d", 2, 500, "x"));

        await lake.TakeAsync("bill-2");

        (await lake.TextAsync("SELECT id, first_name FROM pos.customers ORDER BY id")).Should().Be("1,b; 3,z");
        (await lake.TextAsync("SELECT SUM(skipped_records) FROM ops.stream_ledger")).Should().Be("1");
    }

    private static StreamRecord Sale(long offset, string no, int revision, decimal net)
    {
        var half = Math.Round(net / 2, 2, MidpointRounding.AwayFromZero);
        return Segments.Record(offset, FormattableString.Invariant($$"""
            {"bill_no":"{{no}}","revision":{{revision}},"store_id":1,"till":4,"business_date":"2026-11-25","sold_at":"2026-11-25T12:00:00","kind":"SALE","training":false,"currency":"INR",
            "totals":{"gross":{{net}},"tax":0,"net":{{net}}},
            "lines":[{"sku":"A","quantity":1,"unit_price":{{half}},"amount":{{half}}},{"sku":"B","quantity":1,"unit_price":1,"amount":{{net - half}}}],
            "tenders":[{"type":"CASH","amount":{{net}}}]}
            """), no);
    }

    private static StreamRecord Change(long offset, string op, int id, long position, string name)
    {
        var row = $$"""{"id":{{id}},"first_name":"{{name}}","last_name":"l","email":"e{{id}}"}""";
        var (before, after) = op == "d" ? (row, "null") : ("null", row);
        return Segments.Record(offset, FormattableString.Invariant($$$"""
            {"before":{{{before}}},"after":{{{after}}},"source":{"snapshot":"{{{(op == "r" ? "true" : "false")}}}","file":"mysql-bin.000003","pos":{{{position}}},"row":0,"ts_ms":1465491411815},"op":"{{{op}}}"}
            """), $$"""{"id":{{id}}}""");
    }
}
