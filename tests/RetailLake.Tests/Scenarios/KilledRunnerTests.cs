using RetailLake.Local.Running;

namespace RetailLake.Tests.Scenarios;

/// <summary>kill -9 at any moment of an ingest: the next start goes on, and the end is that of a run nobody disturbed.</summary>
[Collection(ScenarioServer.Name)]
public sealed class KilledRunnerTests(ScenarioServer server, ITestOutputHelper output)
{
    private const string Name = $"oms-ingest/{ScenarioServer.Execution}";

    private static readonly string[] Run = ["run", "oms-ingest", "--name", ScenarioServer.Execution, "--input", """{"source":"oms","feed":"order"}"""];

    [Fact]
    public async Task RunnerKilledAtAnyMoment_EndsAsACleanRun()
    {
        var clean = await server.CleanAsync();
        var source = await server.QuietAsync();
        var random = Soak.Random(output);
        var kills = Soak.Count(50, 5);
        var duration = await CleanDurationAsync(source, clean);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var lake = TestLake.Prepare(source, ScenarioServer.Orders);
            await using var runner = RunnerProcess.Start(lake, Run);
            var moment = duration * ((kill + random.NextDouble()) / kills);
            await Task.Delay(moment);
            await runner.KillAsync();
            var found = StateOf(lake);

            await FinishAsync(lake);

            await lake.OpenAsync();
            output.WriteLine($"killed after {moment.TotalSeconds:0.00} s of {duration.TotalSeconds:0.00} s, {found}");
            lake.Host.Executions.List(new(Limit: 1000)).Should().ContainSingle().Which.Status.Should().Be("SUCCEEDED");
            (await lake.DumpAsync()).Should().Be(clean, $"killed after {moment}");
            await Books.ShouldBalanceAsync(lake);
        }
    }

    /// <summary>Starts the program again until the execution is through: it goes on by itself, is redriven, or was never known.</summary>
    private async Task FinishAsync(TestLake lake)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var runner = RunnerProcess.Start(lake, "redrive", Name);
            var (exit, said) = await runner.EndAsync();
            if (exit == 0 || said.Contains("SUCCEEDED", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            output.WriteLine(said);
            attempt.Should().BeLessThan(4);
            if (said.Contains("Found no execution", StringComparison.Ordinal))
            {
                await using var again = RunnerProcess.Start(lake, Run);
                (await again.EndAsync()).Exit.Should().Be(0);
                return;
            }
        }
    }

    private async Task<TimeSpan> CleanDurationAsync(TestSource source, string clean)
    {
        await using var lake = TestLake.Prepare(source, ScenarioServer.Orders);
        var started = TimeProvider.System.GetTimestamp();
        await using var runner = RunnerProcess.Start(lake, Run);
        var (exit, said) = await runner.EndAsync();
        var duration = TimeProvider.System.GetElapsedTime(started);
        exit.Should().Be(0, said);
        await lake.OpenAsync(HostMode.Reading);
        (await lake.DumpAsync()).Should().Be(clean, "a process of its own leaves what this one leaves");
        return duration;
    }

    /// <summary>How far it had come, for the test's output.</summary>
    private static string StateOf(TestLake lake)
    {
        var run = Path.Combine(lake.Home.Lake, "runs", "oms.order", ScenarioServer.Execution);
        return Directory.Exists(run)
            ? string.Join(' ', Directory.EnumerateFiles(run, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(run, path)).Order(StringComparer.Ordinal))
            : "nothing planned";
    }
}
