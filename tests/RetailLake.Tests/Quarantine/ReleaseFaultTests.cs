using RetailLake.Cli;
using RetailLake.Local.Invocation;
using RetailLake.Tests.Onboarding;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Quarantine;

/// <summary>A release broken once, before and after the effect of each function it goes through: what is left when it was done again is what a clean load leaves.</summary>
public sealed class ReleaseFaultTests
{
    private static readonly byte[] Sent = CountFeed.File(10, -5, 30);

    [Theory]
    [InlineData("ReleaseQuarantine", InvocationPhase.BeforeEffect)]
    [InlineData("ReleaseQuarantine", InvocationPhase.AfterEffect)]
    [InlineData("PlanIngest", InvocationPhase.AfterEffect)]
    [InlineData("CopyToRedshift", InvocationPhase.AfterEffect)]
    [InlineData("CompleteLoad", InvocationPhase.BeforeEffect)]
    [InlineData("RegisterPartitions", InvocationPhase.BeforeEffect)]
    public async Task BrokenOnce_LosesAndDoublesNothing(string function, InvocationPhase phase)
    {
        await using var lake = new FilesLake();
        CountFeed.Write(lake, minimum: 0);
        await lake.OpenAsync();
        lake.Upload(CountFeed.Feed, "monday.txt", Sent);
        var first = await lake.IngestAsync(CountFeed.Feed);
        CountFeed.Write(lake);
        var faults = new Faults(function, phase, "ScenarioException");
        lake.Probe = faults.Probe;
        await lake.OpenAsync();

        await lake.CliAsync("quarantine", "release", first.Execution);
        await lake.Host.SettleAsync(default);
        foreach (var failed in lake.Host.Executions.List(new(Status: "FAILED")))
        {
            await lake.Host.Redrives.RedriveAsync(failed.Arn, default);
            (await lake.Host.Executions.WaitAsync(failed.Arn, default)).Status.Should().Be("SUCCEEDED");
        }

        var (exit, _, error) = await lake.CliAsync("quarantine", "release", first.Execution);

        faults.WasThrown.Should().BeTrue();
        (exit == ExitCode.Ok || error.Contains("nothing to release", StringComparison.Ordinal)).Should().BeTrue(error);
        await lake.Host.SettleAsync(default);
        (await lake.QueryAsync(CountFeed.Rows)).Should().Equal(await CountFeed.CleanAsync(("monday.txt", Sent)));
        (await lake.QueryAsync("SELECT COALESCE(release_number, 0), outcome FROM ops.drop_ledger ORDER BY 1, 2 DESC")).Should().Equal("0|loaded", "1|released", "1|loaded");
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.load_ledger")).Should().Be("2");
        Directory.EnumerateFileSystemEntries(Path.Combine(lake.Home.Lake, "drops", "gp", "count")).Should().BeEmpty();
    }
}
