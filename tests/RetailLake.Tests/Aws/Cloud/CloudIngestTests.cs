using Amazon.Runtime;
using Amazon.S3;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Aws.Cloud;

[Collection(ScenarioServer.Name)]
public sealed class CloudIngestTests(ScenarioServer server)
{
    [Fact]
    public async Task Orders_AreTheSameAsOnOneMachine()
    {
        var clean = await server.CleanAsync();
        using var s3 = new AmazonS3Client(new BasicAWSCredentials("a", "b"), new AmazonS3Config { ServiceURL = Environment.GetEnvironmentVariable("MOTO")!, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        await using var lake = await CloudLake.OpenAsync(await server.QuietAsync(), s3, null, ScenarioServer.Orders);

        var run = await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution);

        run.Status.Should().Be("SUCCEEDED", $"{run.Error} {run.Cause}\n{string.Join('\n', lake.Log)}");
        (await lake.DumpAsync()).Should().Be(clean);
    }
}
