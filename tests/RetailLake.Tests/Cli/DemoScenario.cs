namespace RetailLake.Tests.Cli;

/// <summary>The whole application against a real MariaDB: what the demo promises is what it does.</summary>
public sealed class DemoScenario : IDisposable
{
    private readonly CommandRun lake = new();

    public void Dispose() => lake.Dispose();

    [Fact]
    public async Task EverythingThenADayOfChanges_EqualsTheSource()
    {
        var demo = await lake.RunAsync("demo", "--rows", "20000", "--exit", "--json");

        demo.Exit.Should().Be(0, demo.Output + demo.Error);
        demo.Json["isRight"]!.GetValue<bool>().Should().BeTrue();
        var runs = demo.Json["runs"]!.AsArray();
        runs.Should().HaveCount(5);
        runs[0]!["feeds"]!.AsArray().Should().HaveCount(9).And.OnlyContain(feed => feed!["outcome"]!.GetValue<string>() == "Loaded" && feed["balances"]!.GetValue<bool>());
        runs[1]!["comparisons"]!.AsArray().Should().HaveCount(11).And.OnlyContain(table => table!["isEqual"]!.GetValue<bool>());
        runs[2]!["feeds"]!.AsArray().Select(feed => feed!["contract"]!.GetValue<string>()).Distinct().Should().BeEquivalentTo("crt.till_count", "gp.grn", "poslog.transaction", "util.footfall", "util.price_tag");
        runs[3]!["comparisons"]!.AsArray().Should().HaveCount(11).And.OnlyContain(table => table!["isEqual"]!.GetValue<bool>());
        runs[3]!["comparisons"]!.AsArray()[^1]!["warehouseRows"]!.GetValue<long>().Should().Be(2, "one file was cut and one had a wrong trailer");

        runs[4]!["comparisons"]!.AsArray().Should().HaveCount(4).And.OnlyContain(table => table!["isEqual"]!.GetValue<bool>());
        demo.Json["tills"]!["latency"]!["records"]!.GetValue<long>().Should().BeGreaterThan(2_000, "bills, some of them twice");

        var ledger = (await lake.RunAsync("ledger", "--json")).Json["loads"]!.AsArray();
        ledger.Should().OnlyContain(load => load!["balances"]!.GetValue<bool>());
        var order = ledger.First(load => load!["contract"]!.GetValue<string>() == "oms.order")!["execution"]!.GetValue<string>();
        var shown = (await lake.RunAsync("executions", "show", order, "--json")).Json;
        shown["summary"]!["status"]!.GetValue<string>().Should().Be("SUCCEEDED");
        shown["states"]!.AsArray().Select(visit => visit!["state"]!.GetValue<string>()).Should().StartWith("PlanIngest").And.EndWith("Ingested");
        shown["redriveStatus"]!.GetValue<string>().Should().Be("NOT_REDRIVABLE");

        var rejects = await lake.RunAsync("quarantine", "--json");
        rejects.Json["runs"]!.AsArray().Should().NotBeEmpty();

        // The source is gone now: the feed fails, says how to go on, and a rerun is a new execution.
        var failed = await lake.RunAsync("ingest", "merch/category", "--json");
        failed.Exit.Should().Be(1);
        var feed = failed.Json["feeds"]![0]!;
        feed["error"]!.GetValue<string>().Should().Be("SourceUnavailableException");
        feed["failedState"]!.GetValue<string>().Should().Be("PlanIngest");
        var name = feed["execution"]!.GetValue<string>();
        (await lake.RunAsync("executions", "show", name, "--json")).Json["redriveStatus"]!.GetValue<string>().Should().Be("REDRIVABLE");
        var rerun = await lake.RunAsync("rerun", name, "--json");
        rerun.Exit.Should().Be(1);
        rerun.Json["summary"]!["name"]!.GetValue<string>().Should().Be($"{name}-r2");
        var redriven = await lake.RunAsync("redrive", name, "--json");
        redriven.Json["summary"]!["redriveCount"]!.GetValue<int>().Should().Be(1);
    }
}
