using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Scenarios;

/// <summary>Everything breaks now and then, at random: what is redriven until it succeeds leaves what a clean run leaves.</summary>
[Collection(ScenarioServer.Name)]
public sealed class RandomFaultTests(ScenarioServer server, ITestOutputHelper output)
{
    private const double Share = 0.12;

    [Fact]
    public async Task ManyBrokenInvocations_LeaveWhatACleanRunLeaves()
    {
        var clean = await server.CleanAsync();
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(30, 3); round++)
        {
            var seed = random.Next();
            output.WriteLine($"round {round}, seed {seed}");
            var draw = new Random(seed);
            await using var lake = await TestLake.OpenAsync(await server.QuietAsync(), (function, _, phase) => Break(draw, function, phase), ScenarioServer.Orders);

            var over = await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution);
            for (var redrives = 0; !over.Succeeded; redrives++)
            {
                redrives.Should().BeLessThan(60, $"seed {seed}");
                over = await lake.RedriveAsync(ScenarioServer.Execution);
            }

            (await lake.DumpAsync()).Should().Be(clean, $"seed {seed}");
            await Books.ShouldBalanceAsync(lake);
        }
    }

    private static Task Break(Random draw, LocalFunction function, InvocationPhase phase)
    {
        lock (draw)
        {
            return function.LogicalId == "MigrateWarehouseFunction" || draw.NextDouble() >= Share ? Task.CompletedTask
                : throw new InvocationFaultException(draw.Next(2) == 0 ? "Lambda.Unknown" : "ScenarioException", $"Broken by a test: {function.LogicalId}, {phase}.");
        }
    }
}
