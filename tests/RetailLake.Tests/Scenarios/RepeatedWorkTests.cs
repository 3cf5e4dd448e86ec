using RetailLake.Core.Runs;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Scenarios;

/// <summary>The same work done twice, at once, or after a later run has done it, leaves what one clean run leaves.</summary>
[Collection(ScenarioServer.Name)]
public sealed class RepeatedWorkTests(ScenarioServer server)
{
    private const string Orders = "oms.order";

    [Fact]
    public async Task LoadedExecutionRunAgain_LeavesTheTablesAsTheyWere()
    {
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), Orders);
        (await lake.IngestAsync(Orders, "order-1")).Status.Should().Be("SUCCEEDED");
        var clean = await LakeDump.TablesAsync(lake);
        clean.Split('\n').Length.Should().BeGreaterThan(400);

        var rerun = await lake.WaitAsync(await lake.Host.Redrives.RerunAsync("order-1", default));
        var second = await lake.IngestAsync(Orders, "order-2");

        (rerun.Name, rerun.Status, second.Status).Should().Be(("order-1-r2", "SUCCEEDED", "SUCCEEDED"));
        (await LakeDump.TablesAsync(lake)).Should().Be(clean);
        await Books.ShouldBalanceAsync(lake);
    }

    /// <summary>The engine forgets executions, the lake keeps their plans: under one of them a rerun would read nothing and say that it had.</summary>
    [Fact]
    public async Task RerunTakesNoNameThatHasAPlan()
    {
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), Orders);
        await lake.IngestAsync(Orders, "order-1");
        await lake.Host.Lake.PutIfAbsentAsync(new RunKeys("oms", "order", "order-1-r2").Plan, "{}"u8.ToArray(), default);

        var rerun = await lake.WaitAsync(await lake.Host.Redrives.RerunAsync("order-1", default));

        (rerun.Name, rerun.Status).Should().Be(("order-1-r3", "SUCCEEDED"));
    }

    [Fact]
    public async Task SecondIngestWithNothingNew_PublishesNothing()
    {
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), "crm.loyalty_txn");
        await lake.IngestAsync("crm.loyalty_txn", "loyalty_txn-1");
        var clean = await lake.DumpAsync();

        await lake.IngestAsync("crm.loyalty_txn", "loyalty_txn-2");

        (await lake.DumpAsync()).Should().Be(clean);
        (await Books.NumberAsync(lake, "SELECT COALESCE(SUM(published), 0) FROM ops.load_ledger WHERE execution = 'loyalty_txn-2'")).Should().Be(0);
    }

    [Fact]
    public async Task SameNameStartedTwice_IsOneExecution()
    {
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), Orders);
        var input = """{"source":"oms","feed":"order","tick":"2026-01-01T00:00:00Z"}"""u8.ToArray();
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => lake.Host.Functions.InvokeAsync("StartIngestFunction", input, CancellationToken.None)));

        starts.Should().OnlyContain(start => start.Error == null);
        var over = await lake.WaitAsync(lake.Host.Executions.ArnOf("order-20260101T000000Z"));

        over.Status.Should().Be("SUCCEEDED");
        lake.Host.Executions.List(new(Limit: 100)).Should().ContainSingle(execution => execution.Machine == "oms-ingest");
        (await Books.NumberAsync(lake, "SELECT COUNT(*) FROM ops.load_ledger")).Should().Be(1);
        await Books.ShouldBalanceAsync(lake);
    }

    [Fact]
    public async Task TwoExecutionsOfOneFeedAtOnce_LoadOneAfterTheOther()
    {
        var source = await server.QuietAsync();
        var clean = await server.CleanTablesAsync();
        await using var lake = await TestLake.OpenAsync(source, Orders);

        var both = await Task.WhenAll((await Task.WhenAll(lake.StartAsync(Orders, "order-1"), lake.StartAsync(Orders, "order-2"))).Select(lake.WaitAsync));

        both.Should().OnlyContain(execution => execution.Status == "SUCCEEDED");
        (await LakeDump.TablesAsync(lake)).Should().Be(clean);
        await lake.DumpAsync();
        await Books.ShouldBalanceAsync(lake);
    }

    [Fact]
    public async Task RedriveOfOvertakenExecution_IsSuperseded()
    {
        var source = await server.NewAsync();
        var faults = new Faults("CopyToRedshift", InvocationPhase.BeforeEffect, "ScenarioException");
        await using var lake = await TestLake.OpenAsync(source, faults.Probe, Orders);
        (await lake.IngestAsync(Orders, "order-1")).Error.Should().Be("ScenarioException");
        await source.ExecuteAsync("oms", $"DELETE FROM sales_order_line WHERE line_no = 1; UPDATE sales_order SET status = 'CANCELLED', updated_at = {TestSource.IndianTime}");
        await source.AfterLagAsync("oms");
        (await lake.IngestAsync(Orders, "order-2")).Status.Should().Be("SUCCEEDED");
        var clean = await lake.DumpAsync();

        ExecutionLine redriven = await lake.RedriveAsync("order-1");

        (redriven.Status, lake.EndOf("order-1")).Should().Be(("SUCCEEDED", "Superseded"));
        (await lake.DumpAsync()).Should().Be(clean);
        (await Books.NumberAsync(lake, "SELECT COUNT(*) FROM oms.sales_order WHERE status <> 'CANCELLED'")).Should().Be(0, "the older rows would have come back");
        await Books.ShouldBalanceAsync(lake);
    }
}
