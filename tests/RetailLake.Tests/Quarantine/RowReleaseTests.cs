using System.Globalization;
using RetailLake.Cli;
using RetailLake.Tests.Failures;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Quarantine;

/// <summary>Rows of a database: read again from where the window of the run began that rejected them, and judged by today's contract.</summary>
public sealed class RowReleaseTests(MariaDbFixture fixture)
{
    private const string Rows = "SELECT id, quantity FROM shop.card ORDER BY 1";

    [Fact]
    public async Task ContractMended_TableEqualsTheSource()
    {
        await using var lake = await WithRejectsAsync("{ mode: window, lagSeconds: 1 }");
        var first = await lake.IngestAsync("card");
        (first.Outcome, first.Load!.Hops["rejected"]).Should().Be(("Loaded", 10));
        await lake.SqlAsync("INSERT INTO card VALUES (1001, 7, NOW(6)), (1002, -7, NOW(6)); UPDATE card SET quantity = 99, updated_at = NOW(6) WHERE id = 5; DELETE FROM card WHERE id = 6");
        await AfterLagAsync(lake);
        var second = await lake.IngestAsync("card");
        second.Load!.Hops["rejected"].Should().Be(1);
        await WriteAsync(lake, "{ mode: window, lagSeconds: 1 }", minimum: -1000);

        var (exit, _, error) = await lake.CliAsync("quarantine", "release", first.Execution);

        exit.Should().Be(ExitCode.Ok, error);
        (await lake.QueryAsync(Rows)).Should().HaveCount(102).And.Contain(["10|-10", "5|99", "1002|-7"]).And.Contain(["6|6"], "only a sweep tells of deleted rows");
        var windows = await lake.QueryAsync("SELECT window_lo, window_hi, work_id FROM ops.load_ledger ORDER BY ordinal");
        windows.Should().HaveCount(3);
        windows[2].Should().StartWith("|", "it reads from the start of the first window").And.Contain("+again-3");
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.load_ledger a, ops.load_ledger b WHERE a.ordinal = 3 AND b.ordinal = 2 AND a.window_hi >= b.window_hi")).Should().Be("1");
        (await lake.Host.Quarantine.ListAsync("shop.card", default)).Select(run => run.State).Should().Equal("resolved", "resolved");

        await lake.SqlAsync("INSERT INTO card VALUES (1003, 3, NOW(6))");
        await AfterLagAsync(lake);
        var next = await lake.IngestAsync("card");
        (await lake.ValueAsync($"SELECT COUNT(*) FROM ops.load_ledger a, ops.load_ledger b WHERE a.execution = '{next.Execution}' AND b.ordinal = 3 AND a.window_lo = b.window_hi")).Should().Be("1", "the watermark goes on from there");
        (exit, _, error) = await lake.CliAsync("quarantine", "release", second.Execution);
        (exit, error.Contains("nothing to release", StringComparison.Ordinal)).Should().Be((ExitCode.Refused, true), error);
    }

    /// <summary>Mended without a new time of change: no window would ever come by these rows.</summary>
    [Theory]
    [InlineData("{ mode: window, lagSeconds: 1 }")]
    [InlineData("{ mode: window, lagSeconds: 1, deletes: sweep }")]
    [InlineData("{ mode: snapshot }")]
    public async Task DataMended_TableEqualsTheSource(string extract)
    {
        await using var lake = await WithRejectsAsync(extract);
        (await lake.IngestAsync("card")).Load!.Hops["rejected"].Should().Be(10);
        await lake.SqlAsync("UPDATE card SET quantity = -quantity WHERE quantity < 0; DELETE FROM card WHERE id = 10");

        var (exit, _, error) = await lake.CliAsync("quarantine", "release", "shop.card");

        exit.Should().Be(ExitCode.Ok, error);
        (await lake.QueryAsync(Rows)).Should().Equal(Enumerable.Range(1, 100).Where(id => id != 10).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id}|{id}")));
        (await lake.Host.Quarantine.ListAsync("shop.card", default)).Select(run => run.State).Should().Equal("resolved");
    }

    [Fact]
    public async Task NothingWasPublishedOrDropsAreNamed_IsRefusedWithTheWayOn()
    {
        await using var lake = await WithRejectsAsync("{ mode: snapshot }", budget: 0);
        var failed = await lake.IngestAsync("card");
        failed.Error.Should().Be("RejectBudgetExceededException");

        var (exit, _, error) = await lake.CliAsync("quarantine", "release", failed.Execution);
        exit.Should().Be(ExitCode.Refused);
        error.Should().Contain("was not published").And.Contain("lake rerun");
        (exit, _, error) = await lake.CliAsync("quarantine", "release", "shop.card", "--drop", "a");
        (exit, error.Contains("reads a database", StringComparison.Ordinal)).Should().Be((ExitCode.Refused, true), error);
        (await lake.Host.Quarantine.ListAsync("shop.card", default)).Select(run => run.State).Should().Equal("not published");
    }

    private async Task<TestLake> WithRejectsAsync(string extract, int budget = 1000)
    {
        var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync("""
            CREATE TABLE card (id INT PRIMARY KEY, quantity INT, updated_at DATETIME(6) NOT NULL, KEY (updated_at));
            INSERT INTO card SELECT seq, IF(seq MOD 10 = 0, -seq, seq), '2026-01-01' FROM seq_1_to_100;
            """);
        return await WriteAsync(lake, extract, minimum: 0, budget);
    }

    private static Task<TestLake> WriteAsync(TestLake lake, string extract, int minimum, int budget = 1000)
    {
        lake.Write(new ContractText(
            TestLake.Source, "card", lake.Database, ContractText.Key,
            $"name: quantity, logicalType: integer, physicalType: int, required: true, classification: internal, logicalTypeOptions: {{ minimum: {minimum} }}, customProperties: [{{ property: retaillake.controlTotal, value: true }}]",
            "name: updated_at, logicalType: timestamp, physicalType: 'datetime(6)', required: true, classification: internal, logicalTypeOptions: { defaultTimezone: Etc/UTC }" + (extract.Contains("window", StringComparison.Ordinal) ? ", customProperties: [{ property: retaillake.cursor, value: true }]" : ""))
        {
            Extract = extract, RejectBudget = 0, RejectBudgetRows = budget,
        });
        return lake.OpenAsync();
    }

    /// <summary>Until a window planned now reaches beyond all that was committed before.</summary>
    private static async Task AfterLagAsync(TestLake lake)
    {
        var until = Convert.ToDecimal(await lake.ScalarAsync("SELECT UNIX_TIMESTAMP(NOW(6)) + 2.1"), CultureInfo.InvariantCulture);
        while (Convert.ToDecimal(await lake.ScalarAsync("SELECT UNIX_TIMESTAMP(NOW(6))"), CultureInfo.InvariantCulture) < until)
        {
            await Task.Delay(50);
        }
    }
}
