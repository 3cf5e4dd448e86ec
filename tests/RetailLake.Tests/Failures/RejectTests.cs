using System.Text.Json.Nodes;
using RetailLake.Cli;
using RetailLake.Core.Rows.Landing;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>Bad rows: within the budget the rest is published and each is reported with all its reasons; above it nothing is.</summary>
public sealed class RejectTests(MariaDbFixture fixture)
{
    private static readonly int Rows = Environment.GetEnvironmentVariable("LAKE_SOAK") == "1" ? 200_000 : 2_000;

    private static readonly string[] Columns =
    [
        ContractText.Key, "name: holder, logicalType: string, physicalType: varchar(60), classification: personal, required: true",
        "name: phone, logicalType: string, physicalType: varchar(20), classification: personal, quality: [{ type: custom, engine: retaillake, implementation: phone-in }]",
        "name: quantity, logicalType: integer, physicalType: int, required: true, classification: internal, logicalTypeOptions: { minimum: 0 }, customProperties: [{ property: retaillake.controlTotal, value: true }]",
        "name: code, logicalType: string, physicalType: varchar(8), classification: internal, logicalTypeOptions: { pattern: '^[A-Z]{2}[0-9]+$' }",
    ];

    [Fact]
    public async Task OnePercentBad_IsReportedInFullAndTheRestIsPublished()
    {
        await using var lake = await WithOnePercentBadAsync(budget: 5);

        var outcome = await lake.IngestAsync("card");

        var bad = Rows / 100;
        outcome.Outcome.Should().Be("Loaded", outcome.Cause);
        (outcome.Load!.Balances, outcome.Load.Hops["rejected"]).Should().Be((true, bad));
        (await lake.ValueAsync("SELECT COUNT(*), SUM(quantity), COUNT(*) FILTER (id % 100 = 0) FROM shop.card"))
            .Should().Be($"{Rows - bad}|{await lake.ScalarAsync("SELECT SUM(quantity) FROM card WHERE id % 100 <> 0")}|0");

        var (exit, json, _) = await lake.CliAsync("quarantine", "show", outcome.Execution, "--limit", "100000", "--json");
        exit.Should().Be(ExitCode.Ok);
        var rejects = JsonNode.Parse(json)!["rejects"]!.AsArray().Select(entry => entry!["reject"]!).ToList();
        rejects.Select(reject => int.Parse((string)reject["key"]!["id"]!)).Order().Should().Equal(Enumerable.Range(1, bad).Select(number => number * 100));
        rejects.Should().OnlyContain(reject => Reasons(reject) == "holder:required,phone:phone_in,quantity:range,code:pattern");
        foreach (var reject in rejects)
        {
            LandedLine(lake, (string)reject["object"]!, (long)reject["row"]!).Should().StartWith((string)reject["key"]!["id"]! + "\t");
        }

        var (_, table, _) = await lake.CliAsync("quarantine", "show", outcome.Execution);
        var (_, list, _) = await lake.CliAsync("quarantine");
        foreach (var told in (string[])[json, table, list])
        {
            told.Should().NotContain("98450", "phones begin with it").And.NotContain("Asha");
        }

        list.Should().Contain($"card: phone_in ({bad:N0})");
    }

    [Fact]
    public async Task OverBudget_PublishesNothingAndNamesTheReasons()
    {
        await using var lake = await WithOnePercentBadAsync(budget: 0.5m);
        await lake.SqlAsync("UPDATE card SET quantity = -1 WHERE id % 100 = 1");

        var failed = await lake.IngestAsync("card");

        var bad = Rows / 100;
        failed.MustBeFit(lake, "RejectBudgetExceededException", "98450", "Asha");
        failed.FailedState.Should().Be("AuditRun");
        failed.Cause.Should().Contain($"{2 * bad:N0} rejects in {Rows:N0}").And.Contain($"most by range ({2 * bad:N0}), ").And.Contain($"phone_in ({bad:N0})").And.Contain("lake rerun");
        (await lake.ValueAsync("SELECT COUNT(*), (SELECT COUNT(*) FROM ops.load_ledger), (SELECT COUNT(*) FROM ops.curated_partition) FROM shop.card")).Should().Be("0|0|0");
        (await lake.Host.Quarantine.ListAsync("shop.card", default)).Single().Rows.Should().Be(2 * bad);

        await lake.SqlAsync("UPDATE card SET quantity = 1, code = 'AB1', holder = 'Asha', phone = '+919845012345'");
        (await lake.RedriveAsync(failed)).Error.Should().Be("RejectBudgetExceededException", "a redrive keeps what was landed");
        (await lake.RerunAsync(failed)).Status.Should().Be("SUCCEEDED");
        (await lake.ValueAsync("SELECT COUNT(*) FROM shop.card")).Should().Be($"{Rows}");
    }

    [Theory]
    [InlineData(0, "Loaded")]
    [InlineData(1, "Failed")]
    public async Task AllowedNumber_HoldsWhateverThePercentage(int tooMany, string expected)
    {
        await using var lake = await WithOnePercentBadAsync(budget: 0, rows: (Rows / 100) - tooMany);

        (await lake.IngestAsync("card")).Outcome.Should().Be(expected);
    }

    private async Task<TestLake> WithOnePercentBadAsync(decimal budget, int rows = 0)
    {
        var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync($"""
            CREATE TABLE card (id INT PRIMARY KEY, holder VARCHAR(60), phone VARCHAR(20), quantity INT, code VARCHAR(8));
            INSERT INTO card SELECT seq, CONCAT('Asha ', seq), CONCAT('+9198450', LPAD(seq MOD 100000, 5, '0')), seq, CONCAT('AB', seq MOD 1000) FROM seq_1_to_{Rows};
            UPDATE card SET holder = NULL, phone = CONCAT('98450-', id MOD 10000), quantity = -id, code = 'x' WHERE id % 100 = 0;
            """);
        lake.Write(new ContractText(TestLake.Source, "card", lake.Database, Columns) { RejectBudget = budget, RejectBudgetRows = rows });
        return await lake.OpenAsync();
    }

    private static string Reasons(JsonNode reject) => string.Join(',', reject["reasons"]!.AsArray().Select(reason => $"{reason!["column"]}:{reason["code"]}"));

    private static string LandedLine(TestLake lake, string key, long number)
    {
        using var lines = new StreamReader(LandingCompression.Decompress(File.OpenRead(Path.Combine(lake.Home.Lake, key))));
        for (var skipped = 1; skipped < number; skipped++)
        {
            lines.ReadLine();
        }

        return lines.ReadLine()!;
    }
}
