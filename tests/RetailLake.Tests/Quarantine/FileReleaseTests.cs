using System.Text.Json.Nodes;
using RetailLake.Cli;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Quarantine;

/// <summary>Files: the contract is corrected, and what it refused or rejected is released by the command line.</summary>
public sealed class FileReleaseTests
{
    private static readonly byte[] Sent = CountFeed.File(10, -5, 30);

    [Fact]
    public async Task RefusedByAMistakeOfTheContract_IsReleasedAndLoadedOnce()
    {
        await using var lake = new FilesLake();
        CountFeed.Write(lake, countsComments: true);
        await lake.OpenAsync();
        lake.Upload(CountFeed.Feed, "monday.txt", Sent);
        var refused = await lake.IngestAsync(CountFeed.Feed);
        (await lake.ValueAsync("SELECT COUNT(*), (SELECT outcome || ' ' || refusal_code FROM ops.drop_ledger) FROM gp.count")).Should().Be("0|refused totals");
        CountFeed.Write(lake);
        await lake.OpenAsync();

        var (exit, output, error) = await lake.CliAsync("quarantine", "release", refused.Execution, "--by", "asha");

        exit.Should().Be(ExitCode.Ok, error);
        output.Should().Contain("monday.txt").And.Contain("loaded");
        (await lake.QueryAsync(CountFeed.Rows)).Should().Equal(await CountFeed.CleanAsync(("monday.txt", Sent)));
        (await lake.CliAsync("drops", "gp")).Output.Should().Contain("release 1 by asha");
        (await lake.CliAsync("ledger")).Output.Should().Contain("1 refused, 1 released again");
        (await lake.QueryAsync("SELECT COALESCE(release_number, 0), outcome, released_by FROM ops.drop_ledger ORDER BY 1, 2 DESC")).Should().Equal("0|refused|", "1|released|asha", "1|loaded|");
        await lake.Host.SettleAsync(default);
        Directory.EnumerateFileSystemEntries(Path.Combine(lake.Home.Lake, "drops", "gp", "count")).Should().BeEmpty();
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.load_ledger")).Should().Be("2");
    }

    [Fact]
    public async Task RejectedRows_AreReleasedByFeedAndAgainByName()
    {
        await using var lake = new FilesLake();
        CountFeed.Write(lake, minimum: 0);
        await lake.OpenAsync();
        lake.Upload(CountFeed.Feed, "monday.txt", Sent);
        lake.Upload(CountFeed.Feed, "tuesday.txt", CountFeed.File());
        var first = await lake.IngestAsync(CountFeed.Feed);
        (await lake.QueryAsync("SELECT item FROM gp.count ORDER BY 1")).Should().Equal("1", "3");
        (await lake.CliAsync("quarantine", "--json")).Output.Should().Contain("\"state\": \"open\"");
        CountFeed.Write(lake);
        await lake.OpenAsync();
        var clean = await CountFeed.CleanAsync(("monday.txt", Sent), ("tuesday.txt", CountFeed.File()));

        var (exit, json, error) = await lake.CliAsync("quarantine", "release", CountFeed.Feed, "--json");
        exit.Should().Be(ExitCode.Ok, error);
        var told = JsonNode.Parse(json)!;
        told["drops"]!.AsArray().Select(drop => $"{drop!["name"]} {drop["releases"]} {drop["state"]}").Should().Equal("monday.txt 1 loaded");
        told["feeds"]!.AsArray().Should().ContainSingle().Which!["balances"]!.GetValue<bool>().Should().BeTrue();
        (await lake.QueryAsync(CountFeed.Rows)).Should().Equal(clean);
        (await lake.CliAsync("quarantine", "--json")).Output.Should().Contain("\"state\": \"resolved\"").And.NotContain("\"state\": \"open\"");

        (exit, _, error) = await lake.CliAsync("quarantine", "release", first.Execution);
        (exit, error).Should().Match<(int, string)>(result => result.Item1 == ExitCode.Refused && result.Item2.Contains("nothing to release"));
        (exit, _, error) = await lake.CliAsync("quarantine", "release", "gp/count", "--drop", "monday.txt");
        exit.Should().Be(ExitCode.Ok, error);

        (await lake.QueryAsync(CountFeed.Rows)).Should().Equal(clean);
        (await lake.ValueAsync("SELECT MAX(release_number), COUNT(*) FROM ops.drop_ledger WHERE name = 'monday.txt'")).Should().Be("2|5");
    }

    [Fact]
    public async Task NewerVersionWasPublishedMeanwhile_ItStaysAndTheCommandSaysSo()
    {
        await using var lake = new FilesLake();
        CountFeed.Write(lake, minimum: 0);
        await lake.OpenAsync();
        lake.Upload(CountFeed.Feed, "monday.txt", Sent);
        var first = await lake.IngestAsync(CountFeed.Feed);
        lake.Upload(CountFeed.Feed, "monday.txt", CountFeed.File(7), new DateTime(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc));
        (await lake.IngestAsync(CountFeed.Feed)).Outcome.Should().Be("Loaded");
        CountFeed.Write(lake);
        await lake.OpenAsync();

        var (exit, output, error) = await lake.CliAsync("quarantine", "release", $"gp.count/{first.Execution}");

        exit.Should().Be(ExitCode.Ok, error);
        output.Should().Contain("superseded").And.Contain("nothing changed");
        (await lake.QueryAsync("SELECT item, quantity FROM gp.count")).Should().Equal("1|7");
    }

    [Fact]
    public async Task DropsPastHelp_DoNotKeepTheOthersInQuarantine()
    {
        await using var lake = new FilesLake();
        CountFeed.Write(lake, minimum: 0);
        await lake.OpenAsync();
        lake.Upload(CountFeed.Feed, "monday.txt", Sent);
        lake.Upload(CountFeed.Feed, "tuesday.txt", CountFeed.File(-1, 20));
        lake.Upload(CountFeed.Feed, "wednesday.txt", CountFeed.File(1, -2), new DateTime(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc));
        await lake.IngestAsync(CountFeed.Feed);
        lake.Upload(CountFeed.Feed, "monday.txt", CountFeed.File(7), new DateTime(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc));
        await lake.IngestAsync(CountFeed.Feed);
        var tuesday = await lake.ValueAsync("SELECT sha256 FROM ops.drop_ledger WHERE name = 'tuesday.txt'");
        File.Delete(Directory.EnumerateFiles(lake.Home.Lake, $"*{tuesday}*", SearchOption.AllDirectories).Single());
        CountFeed.Write(lake);
        await lake.OpenAsync();

        var (exit, json, error) = await lake.CliAsync("quarantine", "release", CountFeed.Feed, "--json");

        exit.Should().Be(ExitCode.Ok, error);
        var told = JsonNode.Parse(json)!;
        told["drops"]!.AsArray().Select(drop => $"{drop!["name"]} {drop["state"]}").Should().Equal("wednesday.txt loaded");
        told["left"]!.AsArray().Select(drop => $"{drop!["name"]}: {drop["why"]}").Order().Should().SatisfyRespectively(
            monday => monday.Should().Be("monday.txt: a newer version of the file is published"),
            gone => gone.Should().StartWith("tuesday.txt: Found no object in landing"));
        (await lake.QueryAsync("SELECT quantity FROM gp.count c WHERE quantity < 0")).Should().Equal("-2");

        (exit, _, error) = await lake.CliAsync("quarantine", "release", CountFeed.Feed);
        (exit, error).Should().Match<(int, string)>(result => result.Item1 == ExitCode.Refused && result.Item2.Contains("of 2 drops none can be released"));
    }

    [Theory]
    [InlineData("gp.nothing", "", "Found no contract 'gp.nothing'")]
    [InlineData("count-20260101T000000Z", "", "no feed and no planned execution")]
    [InlineData("gp.count", "wednesday.txt", "no drop 'wednesday.txt'")]
    [InlineData("gp.count", "", "nothing to release")]
    [InlineData("gp.count", "copy.txt", "repeats drop")]
    public async Task NothingThere_IsRefusedLoudly(string what, string drop, string found)
    {
        await using var lake = new FilesLake();
        lake.Write(new FileContract("gp", "other", "{ format: delimited, proof: stable }", FileContract.Key("item", "item", 1)));
        lake.Write("gp", "count", new FileContract("gp", "count", "{ format: delimited, proof: stable }", FileContract.Key("item", "item", 1)).ToString());
        await lake.OpenAsync();
        lake.Upload(CountFeed.Feed, "monday.txt", "item\n1\n"u8.ToArray(), new DateTime(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc));
        await lake.IngestAsync(CountFeed.Feed);
        lake.Upload(CountFeed.Feed, "copy.txt", "item\n1\n"u8.ToArray());
        await lake.IngestAsync(CountFeed.Feed);

        var (exit, _, error) = await lake.CliAsync(["quarantine", "release", what, .. drop.Length == 0 ? Array.Empty<string>() : ["--drop", drop]]);

        exit.Should().Be(ExitCode.Refused);
        error.Should().Contain(found);
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.drop_ledger WHERE outcome = 'released'")).Should().Be("0");
    }
}
