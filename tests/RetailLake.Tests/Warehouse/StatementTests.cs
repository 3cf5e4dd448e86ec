using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;
using RetailLake.Local.DuckDb;

namespace RetailLake.Tests.Warehouse;

/// <summary>Submit, status event, restart: the part of the Data API that a workflow leans on.</summary>
public sealed class StatementTests
{
    private static readonly Contract Customer = Samples.Customer();
    private static readonly Dictionary<string, string> Rows = new() { ["customer"] = "(1, 't1', 10, 'Pune', '2026-11-21 05:00:00', NULL)" };

    [Fact]
    public async Task SubmittedLoad_FinishesAndRaisesTheEvent()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1);
        var first = bench.FirstEvent();

        var id = await bench.Warehouse.SubmitAsync(new("load crm.customer-1", "token-1", bench.Script(Customer, plan, bench.Audit(Customer, plan, Rows))), Bench.None);

        var status = await first;
        status["source"]!.GetValue<string>().Should().Be("aws.redshift-data");
        status["detail-type"]!.GetValue<string>().Should().Be("Redshift Data Statement Status Change");
        status["detail"]!["statementId"]!.GetValue<string>().Should().Be(id);
        status["detail"]!["statementName"]!.GetValue<string>().Should().Be("load crm.customer-1");
        status["detail"]!["state"]!.GetValue<string>().Should().Be("FINISHED");
        (await bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
    }

    [Fact]
    public async Task SameClientToken_IsTheSameStatement()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var first = bench.FirstEvent();

        var id = await bench.Warehouse.SubmitAsync(new("a", "token", ["CREATE TABLE once (n BIGINT)"]), Bench.None);
        await first;
        var again = await bench.Warehouse.SubmitAsync(new("a", "token", ["CREATE TABLE once (n BIGINT)"]), Bench.None);

        again.Should().Be(id);
        bench.Warehouse.Describe(id)!.State.Should().Be(StatementState.Finished);
    }

    [Fact]
    public async Task FailedStatement_SaysWhichCheckWithoutValues()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var first = bench.FirstEvent();

        var id = await bench.Warehouse.SubmitAsync(new("a", "token", ["SELECT CAST('9876543210 Ravi' AS INTEGER)"]), Bench.None);

        (await first)["detail"]!["state"]!.GetValue<string>().Should().Be("FAILED");
        bench.Warehouse.Describe(id)!.Error.Should().Contain("Conversion Error").And.NotContain("Ravi");
    }

    [Fact]
    public async Task ProcessEndsBeforeTheStatementRuns_IsAbortedAndToldAtTheNextStart()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1);
        var id = await bench.Warehouse.SubmitAsync(new("load", "token", bench.Script(Customer, plan, bench.Audit(Customer, plan, Rows))), Bench.None);

        await bench.RestartAsync();
        var status = await bench.FirstEvent();

        status["detail"]!["state"]!.GetValue<string>().Should().Be("ABORTED");
        status["detail"]!["statementId"]!.GetValue<string>().Should().Be(id);
        (await bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.NotThere);
    }

    [Fact]
    public async Task ProcessEndsAfterTheCommit_LedgerKnowsWhatTheStatusDoesNot()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1);
        var script = bench.Script(Customer, plan, bench.Audit(Customer, plan, Rows));
        await bench.Warehouse.SubmitAsync(new("load", "token", script), Bench.None);
        await bench.Warehouse.ExecuteAsync(script, Bench.None);

        await bench.RestartAsync();

        (await bench.FirstEvent())["detail"]!["state"]!.GetValue<string>().Should().Be("ABORTED");
        (await bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
    }

    [Fact]
    public async Task EventNotHandled_ComesAgain()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var first = bench.FirstEvent(failFirst: 1);

        await bench.Warehouse.SubmitAsync(new("a", "token", ["SELECT 1"]), Bench.None);

        (await first)["detail"]!["state"]!.GetValue<string>().Should().Be("FINISHED");
    }

    [Fact]
    public async Task EventNotHandledBeforeTheEnd_ComesAfterTheRestart()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var tried = new TaskCompletionSource();
        bench.Warehouse.Start((_, _) =>
        {
            tried.TrySetResult();
            throw new InvalidOperationException("nobody listens");
        });
        await bench.Warehouse.SubmitAsync(new("a", "token", ["SELECT 1"]), Bench.None);
        await tried.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await bench.RestartAsync();

        (await bench.FirstEvent())["detail"]!["state"]!.GetValue<string>().Should().Be("FINISHED");
    }
}
