using RetailLake.Core.Runs;
using RetailLake.Core.Streams;
using RetailLake.Functions;
using RetailLake.Functions.Hosting;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>Loads tell what is held; between loads only a run that finds nothing can.</summary>
public sealed class HeldMetricsTests
{
    [Fact]
    public async Task NothingToLoad_WhatIsHeldIsMeasuredByTheClock()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        await lake.LandAsync(new("db.item", 0), Segments.Record(0, "item|Upsert|11|0|1|1|a|2.00"));
        List<string> told = [];
        PlanIngestFunction function = new(
            new RunPlanner(lake.Lake, [new StreamSource(new(lake.Lake), new(() => new(new ChangeReaders())))]), new([lake.Contract]), lake.Bench.Warehouse, lake.Lake, new EmbeddedMetrics(TimeProvider.System, told.Add));
        await lake.TakeAsync("sale-1");

        await function.PlanIngest(new("shop", "sale", "sale-2", Bench.Start.AddHours(1)));
        await function.PlanIngest(new("shop", "sale", "sale-3", Bench.Start.AddHours(25)));
        await function.PlanIngest(new("shop", "sale", "sale-3", Bench.Start.AddHours(25)));
        await lake.LandAsync(new("db.item", 0), Segments.Record(1, "item|Upsert|11|0|2|1|a|2.00"));
        await function.PlanIngest(new("shop", "sale", "sale-4", Bench.Start.AddHours(26)));

        told.Should().HaveCount(2, "a plan that was there is not measured again, and a load tells of its own");
        told[0].Should().Contain("\"BillsHeld\":1,\"BillsExpired\":0");
        told[1].Should().Contain("\"BillsHeld\":1,\"BillsExpired\":1");
    }
}
