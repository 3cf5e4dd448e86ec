using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Ftp;
using RetailLake.Tests.Scenarios;
using RetailLake.Tests.Stack.Expansion;

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
        var stack = new Expanded(files);
        var values = new StackValues(files, stack, lake.Bucket);
        var policies = files.Functions.ToDictionary(function => function.Name, function => new FunctionPolicy(stack, values, function.Name));
        var calls = lake.Calls.All.Where(call => call.Function != CloudLake.Machines).GroupBy(call => call.Function, call => call.Call).ToDictionary(own => own.Key, own => own.ToList());
        output.WriteLine($"{calls.Sum(own => own.Value.Count)} different calls of {calls.Count} functions");

        calls.Keys.Should().BeEquivalentTo(policies.Keys, "a day has work for every function");
        calls.SelectMany(own => policies[own.Key].Denied(own.Value).Select(call => $"{own.Key}: {call}")).Should().BeEmpty("what a function asks for, its role allows");

        var idle = calls.SelectMany(own => policies[own.Key].Idle(own.Value)).ToList();
        idle.Where(grant => !Unexercised.All.Any(known => known.Excuses(grant))).Select(grant => grant.ToString()).Should().BeEmpty("what no function asks for, no role allows");
        Unexercised.All.Where(known => !idle.Any(known.Excuses)).Select(known => known.ToString()).Should().BeEmpty("an entry excuses something");
        Unexercised.All.SelectMany(known => idle.Where(known.Excuses)).Should().OnlyHaveUniqueItems("one entry, and one reason, to a grant");
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
}
