using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Ftp;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>The policies of the template's functions against what the functions ask AWS for.</summary>
[Collection(ScenarioServer.Name)]
public sealed class LeastPrivilegeTests(ScenarioServer server, RealServers servers, ITestOutputHelper output)
{
    /// <summary>Prefixes under which the bucket's policy denies a write without a condition.</summary>
    private static readonly string[] WrittenOnce = ["landing/", "runs/", "ordinals/", "quarantine/", "curated/", "exports/"];

    [Fact]
    public async Task Functions_AreAllowedWhatTheyAskForAndNoMore()
    {
        var folder = await servers.FolderAsync("ftp");
        await using var lake = await CloudDay.OpenAsync(await server.QuietAsync(), folder);
        await new CloudDay(lake).RunAsync(folder);
        var files = new StackFiles();
        var grants = Grant.Of(files, lake.Bucket);
        var calls = lake.Calls.All;
        output.WriteLine($"{calls.Count} different calls of {calls.Select(call => call.Function).Distinct().Count()} functions; {grants.Count} grants");

        Functions(files).Except(calls.Select(call => call.Function)).Should().BeEmpty("a day has work for every function");
        calls.Where(call => !grants.Any(grant => grant.Function == call.Function && grant.Allows(call.Call))).Select(call => $"{call.Function}: {call.Call}")
            .Should().BeEmpty("what a function asks for, its role allows");

        var idle = grants.Where(grant => !IsUsed(grant, calls)).ToList();
        idle.Where(grant => !Unexercised.All.Any(known => known.Covers(grant))).Select(grant => grant.ToString()).Should().BeEmpty("what no function asks for, no role allows");
        Unexercised.All.Where(known => !idle.Any(known.Covers)).Select(known => known.Reason).Should().BeEmpty("a reason stands for something");
    }

    [Fact]
    public async Task WhatIsWrittenOnce_IsWrittenUnderItsCondition()
    {
        await using var lake = await CloudLake.OpenAsync(await server.QuietAsync(), new(ScenarioServer.Orders));
        (await lake.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution)).Status.Should().Be("SUCCEEDED");
        var written = lake.Calls.All.Where(call => call.Call.Action == "s3:PutObject").ToList();

        written.Should().NotBeEmpty();
        written.Where(call => call.Call.Overwrites && WrittenOnce.Any(zone => call.Call.Resource.StartsWith($"arn:aws:s3:::{lake.Bucket}/{zone}", StringComparison.Ordinal)))
            .Should().BeEmpty("the bucket's policy denies it");
    }

    private static IEnumerable<string> Functions(StackFiles files) => files.Functions.Select(function => function.Name);

    /// <summary>Who may read may list as well, or S3 answers 403 for a key that is not there; that is a rule of its own.</summary>
    private static bool IsUsed(Grant grant, IReadOnlyList<(string Function, AwsCall Call)> calls)
    {
        var own = calls.Where(call => call.Function == grant.Function).Select(call => call.Call).ToList();
        return own.Any(grant.Allows)
            || (grant.Action == "s3:ListBucket" && own.Any(call => call.Action == "s3:GetObject" && (grant with { Action = "s3:GetObject", Resource = $"{grant.Resource}/{grant.Prefix}", Prefix = "" }).Allows(call)));
    }
}
