using RetailLake.Core.Drops.Pulls;
using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>The objects that a machine's role lets its Map Runs read and write, against those that they do; what it may invoke is compared with its definition elsewhere.</summary>
[Collection(ScenarioServer.Name)]
public sealed class MachineObjectsTests(ScenarioServer server)
{
    private readonly StackFiles files = new();

    [Fact]
    public async Task Ingest_ReadsListsAndWritesResultsOfItsSourceOnly()
    {
        await using var lake = await CloudLake.OpenAsync(await server.QuietAsync(), new(ScenarioServer.Orders));
        (await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution)).Status.Should().Be("SUCCEEDED");
        var (lists, results) = (Granted(0, "ReadSlices", lake.Bucket, "oms"), Granted(0, "WriteMapResults", lake.Bucket, "oms"));
        var calls = lake.Calls.All.Where(call => call.Function == CloudLake.Machines).Select(call => call.Call).ToList();

        Of(calls, "s3:GetObject").Should().NotBeEmpty().And.OnlyContain(key => Grant.Matches(lists, key));
        Of(calls, "s3:PutObject").Should().NotBeEmpty().And.OnlyContain(key => Grant.Matches(results, key));
        Of(calls, "s3:GetObject").Should().NotContain(key => Grant.Matches(Granted(0, "ReadSlices", lake.Bucket, "om"), key), "another source's machine reads nothing of it");
    }

    [Fact]
    public void Pull_ReadsListsAndWritesResultsOfItsSourceOnly()
    {
        var (list, results) = (PullKeys.List("poslog", "20261122T193000000Z", 0), PullKeys.MapResults("poslog", "20261122T193000000Z", 0));

        Grant.Matches(Granted(1, "ReadLists", "lake", "poslog"), Arn(list)).Should().BeTrue();
        Grant.Matches(Granted(1, "WriteMapResults", "lake", "poslog"), Arn($"{results}/0123/manifest.json")).Should().BeTrue();
        Grant.Matches(Granted(1, "WriteMapResults", "lake", "poslog"), Arn(list)).Should().BeFalse("the list is the function's");
        Grant.Matches(Granted(1, "ReadLists", "lake", "pos"), Arn(list)).Should().BeFalse();
    }

    private static IEnumerable<string> Of(IEnumerable<AwsCall> calls, string action) => calls.Where(call => call.Action == action).Select(call => call.Resource);

    private static string Arn(string key) => $"arn:aws:s3:::lake/{key}";

    private string Granted(int stack, string sid, string bucket, string source) => ((string)files.Nested[stack].Statement(sid)["Resource"]!["Fn::Sub"]!)
        .Replace("${AWS::Partition}", "aws", StringComparison.Ordinal).Replace("${LakeBucket}", bucket, StringComparison.Ordinal).Replace("${Source}", source, StringComparison.Ordinal);
}
