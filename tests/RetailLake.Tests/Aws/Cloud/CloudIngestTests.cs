using RetailLake.Tests.Lake.Conformance;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Aws.Cloud;

[Collection(ScenarioServer.Name)]
public sealed class CloudIngestTests(ScenarioServer server, MotoServer moto) : IClassFixture<MotoServer>
{
    [Fact]
    public Task Orders_AreTheSameAsOnOneMachine() => IngestAsync(new(ScenarioServer.Orders));

    [Fact]
    public Task OrdersOverMoto_AreTheSameAsOnOneMachine() => IngestAsync(new(ScenarioServer.Orders) { S3 = moto.Client });

    private async Task IngestAsync(CloudOptions options)
    {
        // Skipped before anything runs.
        using var reachable = options.S3?.Invoke();
        var clean = await server.CleanAsync();
        await using var lake = await CloudLake.OpenAsync(await server.QuietAsync(), options);

        var run = await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution);

        run.Status.Should().Be("SUCCEEDED", $"{run.Error} {run.Cause}\n{string.Join('\n', lake.Log)}");
        (await lake.DumpAsync()).Should().Be(clean);
    }
}
