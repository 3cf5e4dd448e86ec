using RetailLake.Local.Invocation;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Scenarios;

/// <summary>Each function of the ingest path broken once, before and after its effect, by an error that is retried and by one that is not.</summary>
[Collection(ScenarioServer.Name)]
public sealed class FaultPointTests(ScenarioServer server)
{
    private const string Retried = "Lambda.Unknown";
    private const string Final = "ScenarioException";

    // Not states: who called them calls again.
    private static readonly string[] Outside = ["StartIngest", "CompleteLoad"];

    private static readonly string[] Path =
    [
        "StartIngest", "PlanIngest", "LandSlice", "ValidateSlice", "TransformSlice", "AuditRun", "CopyToRedshift", "CompleteLoad", "RegisterPartitions", "BuildManthanFeed", "DeliverManthanFeed",
    ];

    /// <summary>Without soak each function and phase once, by the error that leaves more to do.</summary>
    public static TheoryData<string, InvocationPhase, string> Points()
    {
        var points = new TheoryData<string, InvocationPhase, string>();
        foreach (var function in Path)
        {
            foreach (var phase in Enum.GetValues<InvocationPhase>())
            {
                points.Add(function, phase, Final);
                if (Soak.IsOn || function is "LandSlice" or "CopyToRedshift" or "DeliverManthanFeed")
                {
                    points.Add(function, phase, Retried);
                }
            }
        }

        return points;
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task InvocationBrokenOnce_LeavesWhatACleanRunLeaves(string function, InvocationPhase phase, string error)
    {
        var clean = await server.CleanAsync();
        var faults = new Faults(function, phase, error);
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), faults.Probe, ScenarioServer.Orders);

        var over = await StartAsync(lake);
        if (error == Final && !Outside.Contains(function))
        {
            over.Status.Should().Be("FAILED");
            over = await lake.RedriveAsync(ScenarioServer.Execution);
        }

        faults.WasThrown.Should().BeTrue();
        over.Status.Should().Be("SUCCEEDED");
        (await lake.DumpAsync()).Should().Be(clean);
        await Books.ShouldBalanceAsync(lake);
    }

    /// <summary>As the scheduler does: again until the function has answered.</summary>
    private static async Task<ExecutionLine> StartAsync(TestLake lake)
    {
        var input = """{"source":"oms","feed":"order","tick":"2026-01-01T00:00:00Z"}"""u8.ToArray();
        for (var attempt = 1; (await lake.Host.Functions.InvokeAsync("StartIngestFunction", input, CancellationToken.None)).Error is not null; attempt++)
        {
            attempt.Should().BeLessThan(3);
        }

        return await lake.WaitAsync(lake.Host.Executions.ArnOf(ScenarioServer.Execution));
    }
}
