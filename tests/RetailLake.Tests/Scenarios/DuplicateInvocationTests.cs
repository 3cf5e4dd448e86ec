namespace RetailLake.Tests.Scenarios;

/// <summary>AWS may invoke a function twice. The second invocation, later or at the same time, changes nothing.</summary>
[Collection(ScenarioServer.Name)]
public sealed class DuplicateInvocationTests(ScenarioServer server)
{
    public static TheoryData<string, bool> Steps()
    {
        var steps = new TheoryData<string, bool>();
        foreach (var function in new[] { "LandSlice", "ValidateSlice", "TransformSlice" })
        {
            steps.Add(function, false);
            steps.Add(function, true);
        }

        foreach (var function in new[] { "PlanIngest", "AuditRun", "CopyToRedshift", "CompleteLoad", "RegisterPartitions", "BuildManthanFeed" })
        {
            steps.Add(function, true);
            if (Soak.IsOn)
            {
                steps.Add(function, false);
            }
        }

        steps.Add("DeliverManthanFeed", false);
        return steps;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task SecondInvocation_ChangesNothing(string function, bool atOnce)
    {
        var clean = await server.CleanAsync();
        var twice = new Twice(function, atOnce);
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), twice.Probe, ScenarioServer.Orders);
        twice.Lake = lake;

        var over = await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution);

        (over.Status, over.Error).Should().Be(("SUCCEEDED", null));
        await twice.HappenedAsync();
        twice.Errors.Should().NotContain(error => !error.StartsWith("LoadConflict"), "two that write the ledger at once are told apart and tried again; nothing else may happen");
        (await lake.DumpAsync()).Should().Be(clean);
        await Books.ShouldBalanceAsync(lake);
    }

    [Fact]
    public async Task TwoDeliveriesAtOnce_LeaveOneFile()
    {
        var clean = await server.CleanAsync();
        var twice = new Twice("DeliverManthanFeed", atOnce: true);
        await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), twice.Probe, ScenarioServer.Orders);
        twice.Lake = lake;

        var over = await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution);

        // Two senders at one receiver may get in each other's way; the loser says so and is sent again, and the bytes are right.
        over = over.Status == "SUCCEEDED" ? over : await lake.RedriveAsync(ScenarioServer.Execution);
        over.Status.Should().Be("SUCCEEDED");
        await twice.HappenedAsync();
        twice.Errors.Should().NotContain(error => !error.StartsWith("Delivery") && !error.StartsWith("LoadConflict"));
        (await lake.DumpAsync()).Should().Be(clean);
    }
}
