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

            // Most of a short run is the start of the program: one in five is killed there, the others from the first object on.
            var inStart = kill % 5 == 0;
            var moment = duration * (inStart ? random.NextDouble() / 2 : (kill + random.NextDouble()) / kills);
            await (inStart ? Task.CompletedTask : BegunAsync(lake));
            await Task.Delay(moment);
            await runner.KillAsync();
            output.WriteLine($"killed {moment.TotalSeconds:0.00} s after {(inStart ? "the start" : "the first object")}: {StateOf(lake)}");

            var restarts = await FinishAsync(lake, random.Next(3) == 0 ? duration * random.NextDouble() : null);

            await lake.OpenAsync();
            lake.Host.Executions.List(new(Limit: 1000)).Should().ContainSingle().Which.Status.Should().Be("SUCCEEDED");
            (await lake.DumpAsync()).Should().Be(clean, $"killed after {moment}, {restarts} restarts");
            await Books.ShouldBalanceAsync(lake);
        }
    }

    /// <summary>Starts the program again until the execution is through: it goes on by itself, is redriven, or was never known.</summary>
    private async Task<int> FinishAsync(TestLake lake, TimeSpan? killAgain)
    {
        for (var restart = 1; ; restart++)
        {
            var status = await StatusAsync(lake);
            if (status == "SUCCEEDED")
            {
                return restart - 1;
            }

            restart.Should().BeLessThan(6);
            await using var runner = RunnerProcess.Start(lake, status is null ? Run : ["redrive", Name]);
            if (restart == 1 && killAgain is { } moment)
            {
                await Task.Delay(moment);
                await runner.KillAsync();
                output.WriteLine($"  restart killed too, after {moment.TotalSeconds:0.00} s: {StateOf(lake)}");
            }
            else if (await runner.EndAsync() is { Exit: not 0 } end)
            {
                output.WriteLine(end.Said);
            }
        }
    }

    /// <summary>Looks only: what was interrupted stays so.</summary>
    private static async Task<string?> StatusAsync(TestLake lake)
    {
        await lake.OpenAsync(HostMode.Reading);
        var status = lake.Host.Executions.List(new(Limit: 1000)).SingleOrDefault()?.Status;
        await lake.CloseAsync();
        return status;
    }

    private static async Task BegunAsync(TestLake lake)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!Directory.Exists(Path.Combine(lake.Home.Lake, "ordinals")))
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(5);
        }
    }

    private async Task<TimeSpan> CleanDurationAsync(TestSource source, string clean)
    {
        await using var lake = TestLake.Prepare(source, ScenarioServer.Orders);
        await using var runner = RunnerProcess.Start(lake, Run);
        await BegunAsync(lake);
        var started = TimeProvider.System.GetTimestamp();
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
            ? string.Join(' ', Directory.EnumerateFiles(run, "*.json", SearchOption.AllDirectories).GroupBy(path => Path.GetFileName(path)).Select(group => $"{group.Count()} {group.Key}"))
            : "nothing planned";
    }
}
