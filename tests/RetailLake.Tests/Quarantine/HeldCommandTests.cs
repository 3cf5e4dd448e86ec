using System.Text.Json.Nodes;
using RetailLake.Cli;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Quarantine;

/// <summary>What the command line tells of sales that wait for rows, and that it releases none of them.</summary>
public sealed class HeldCommandTests
{
    private const string Ravi = "9876543210";

    [Fact]
    public async Task HeldSales_AreListedUntilTheyAreComplete()
    {
        LaterTime time = new();
        await using var lake = new FilesLake();
        HeldSaleFeed.Write(lake);
        await lake.OpenAsync(time);
        await HeldSaleFeed.SaleAsync(lake, 0, "S1", Ravi, items: 2);
        await HeldSaleFeed.ItemAsync(lake, 0, "S1", Ravi, line: 1);
        await HeldSaleFeed.ItemAsync(lake, 1, "T\\u001b[31m2", Ravi, line: 1);
        (await lake.IngestAsync(HeldSaleFeed.Feed)).Status.Should().Be("SUCCEEDED");

        var list = await lake.CliAsync("quarantine", "list");
        var first = await lake.CliAsync("quarantine", "show", "till/sale", "--limit", "1");
        time.Ahead = TimeSpan.FromHours(2);
        var overdue = await lake.CliAsync("quarantine", "show", "till.sale", "--json");

        list.Exit.Should().Be(ExitCode.Ok, list.Error);
        list.Output.Should().MatchRegex(@"till\.sale\s+bill=S1\s+1 of 2 item\s+sale 1, item 1\s.*\sat 20").And.MatchRegex(@"bill=T\uFFFD\[31m2\s+header sale\s+item 1\s").And.NotContain("\u001b");
        list.Error.Should().Contain("till.sale: 2 held unit(s), 0 of them overdue").And.NotContain("more");
        first.Output.Should().Contain("sale: till.sale-0 @ 0, item: till.item-2 @ 0").And.NotContain("31m2");
        first.Error.Should().Contain("1 that wait longest and 1 more: lake quarantine show till.sale --limit 2");
        var told = JsonNode.Parse(overdue.Output)!["held"]!.AsArray().Should().ContainSingle().Subject!;
        (told["contract"]!.GetValue<string>(), told["waiting"]!.GetValue<long>(), told["overdue"]!.GetValue<long>()).Should().Be(("till.sale", 2, 2));
        told["units"]![0]!["header"]!.GetValue<string>().Should().Be("held");
        told["units"]![0]!["parts"]![1]!.ToJsonString().Should().StartWith("""{"table":"item","expected":2,"there":1,"held":1,"origins":[{"topic":"till.item","partition":2,"rows":1,"first":{"offset":0,""").And.EndWith("\"missing\":1}");
        File.ReadAllText(lake.Home.Log).Should().Contain("\"BillsHeld\":2,\"BillsExpired\":0");
        await HeldSaleFeed.ItemAsync(lake, 2, "S1", Ravi, line: 2);
        await lake.IngestAsync(HeldSaleFeed.Feed);
        var left = await lake.CliAsync("quarantine");
        left.Output.Should().Contain("31m2").And.NotContain("bill=S1");
        left.Error.Should().Contain("till.sale: 1 held unit(s), 1 of them overdue").And.NotContain("more");
        (await lake.QueryAsync("SELECT bill, items FROM till.sale")).Should().Equal("S1|2");
        await NothingPersonalAsync(lake, list, first, overdue, await lake.CliAsync("quarantine", "list", "--json"));
    }

    [Fact]
    public async Task HeldSale_IsNotReleased()
    {
        await using var lake = new FilesLake();
        HeldSaleFeed.Write(lake);
        await lake.OpenAsync();
        await HeldSaleFeed.SaleAsync(lake, 0, "S1", Ravi, items: 2);
        var loaded = await lake.IngestAsync(HeldSaleFeed.Feed);

        foreach (var what in (string[])["till.sale", "till/sale/S1", "till.sale/bill=S 1"])
        {
            var refused = await lake.CliAsync("quarantine", "release", what);

            refused.Exit.Should().Be(ExitCode.Refused, refused.Error);
            refused.Error.Should().Contain("Found 1 held unit(s) of 'till.sale', 0 of them overdue").And.Contain("Nothing was released").And.Contain("every load judges again").And.Contain("lake quarantine show till.sale");
        }

        var execution = await lake.CliAsync("quarantine", "release", $"till.sale/{loaded.Execution}");
        execution.Exit.Should().Be(ExitCode.Refused);
        execution.Error.Should().Contain("is read from a topic").And.Contain("Units that are held are published by the load that finds their missing rows");
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.load_ledger")).Should().Be("1");
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.held_till_sale_sale")).Should().Be("1");
    }

    /// <summary>Neither the value, nor its token, nor that there is such a column.</summary>
    private static async Task NothingPersonalAsync(FilesLake lake, params IEnumerable<(int Exit, string Output, string Error)> answers)
    {
        var tokens = (await lake.QueryAsync("SELECT phone, customer FROM till.sale")).Single().Split('|');
        tokens.Should().HaveCount(2).And.OnlyContain(token => token.Length > 20);
        foreach (var (_, output, error) in answers)
        {
            (output + error).Should().NotContainAny([.. tokens, Ravi, "Ravi", "phone", "customer"]);
        }
    }

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
