using RetailLake.Core.Contracts;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Warehouse;

/// <summary>What a person is told of drops.</summary>
public sealed class DropReportTests
{
    private static readonly Contract Price = DropSamples.Price();

    [Fact]
    public async Task Drops_AreToldByWhatBecameOfThem()
    {
        await using var lake = await DropLake.OpenAsync(Price);
        var first = await lake.TakeAsync("price-1", new("a.csv", 1, Row(1)), new("a.csv", 3, Row(2)), new("torn.csv", 2, Row(9)) { IsTorn = true });
        await lake.TakeAsync("price-2", new("copy.csv", 2, Row(2)), new("later.csv", 4, Row(2)));
        await lake.ArriveAsync(new TestDrop("new.csv", 5, Row(5)));
        var reports = new DropReports(lake.Lake, lake.Bench.Warehouse, new([Price]));

        var drops = await reports.ListAsync("gp/price", 50, Bench.None);

        drops.Select(drop => $"{drop.Name} {drop.Version} {drop.State}: {drop.Why}").Should().BeEquivalentTo(
            "new.csv 5 pending: stable",
            "later.csv 4 loaded: as 'a.csv'",
            "copy.csv 2 duplicate: as 'later.csv'",
            "a.csv 3 loaded: ",
            "torn.csv 2 refused: torn: Found the end of the file in the middle of a record.");
        drops[0].State.Should().Be("pending");
        (await reports.ListAsync("gp", 50, Bench.None)).Should().HaveCount(5);
        (await reports.ListAsync("g_", 50, Bench.None)).Should().BeEmpty();
        (await reports.CountsAsync([first.WorkId], Bench.None)).Should().ContainSingle().Which.Value.Should().Be(new DropCounts(2, 0, 0, 1));
        (await new LoadReports(lake.Bench.Warehouse, reports).OfExecutionAsync(Price.Id, "price-1", Bench.None))!.Drops.Should().Be(new DropCounts(2, 0, 0, 1));
    }

    [Fact]
    public async Task NoLedgerYet_OnlyWhatWaits()
    {
        await using var lake = new DropLake(Price, new Bench(Price));
        await lake.ArriveAsync(new TestDrop("new.csv", 5, Row(5)));

        var drops = await new DropReports(lake.Lake, lake.Bench.Warehouse, new([Price])).ListAsync(null, 50, Bench.None);

        drops.Should().ContainSingle().Which.State.Should().Be("pending");
    }

    private static DropRow Row(int sku) => DropLoadTests.Price(sku, 10);
}
