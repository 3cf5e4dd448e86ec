using RetailLake.Core.Errors;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>Whatever breaks at the source: a named failure, nothing half-published, and the same execution goes on when it is mended.</summary>
public sealed class SourceFailureTests(MariaDbFixture fixture)
{
    private const string Published = "SELECT COUNT(*), SUM(quantity), (SELECT COUNT(*) FROM ops.load_ledger) FROM shop.item";

    private static readonly string[] Columns =
    [
        ContractText.Key, "name: name, logicalType: string, physicalType: varchar(60), classification: personal", "name: quantity, logicalType: integer, physicalType: int, classification: internal, customProperties: [{ property: retaillake.controlTotal, value: true }]",
        "name: note, logicalType: string, physicalType: varchar(200), classification: internal", "name: changed, logicalType: timestamp, physicalType: timestamp, classification: internal",
    ];

    public static TheoryData<string> Breaks => [.. SourceBreak.All.Keys];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task BrokenSource_FailsByNameAndIsRedrivenWhenMended(string name)
    {
        var broken = SourceBreak.All[name];
        await using var lake = await LoadedAsync();
        var before = await lake.ValueAsync(Published);
        await lake.SqlAsync("INSERT INTO item SELECT 5000 + seq, CONCAT('Asha ', seq), seq, REPEAT(MD5(seq), 6), '2026-11-02 00:00:00' FROM seq_1_to_100");

        await using (await broken.Break(lake))
        {
            var failed = await lake.IngestAsync("item");

            failed.MustBeFit(lake, broken.Error, SourceBreak.WrongPassword, "Asha");
            failed.Cause.Should().Contain(broken.Names);
            (await lake.ValueAsync(Published)).Should().Be(before);

            await broken.Mend(lake);
            var redriven = await lake.RedriveAsync(failed);

            redriven.Status.Should().Be("SUCCEEDED", redriven.Cause);
            (await lake.ValueAsync(Published)).Should().Be($"2100|{(2000 * 2001 / 2) + (100 * 101 / 2)}|2");
        }
    }

    [Fact]
    public async Task ReaderKilledOnce_IsReadAgainWithinTheExecution()
    {
        await using var lake = await LoadedAsync();
        await lake.SqlAsync("DELETE FROM item WHERE id > 60");
        await using var killer = await ReaderKiller.StartAsync(lake, times: 1);

        var outcome = await lake.IngestAsync("item");

        outcome.Outcome.Should().Be("Loaded", outcome.Cause);
        (await lake.ValueAsync("SELECT COUNT(*), SUM(quantity) FROM shop.item")).Should().Be($"60|{60 * 61 / 2}");
        (await lake.Host.Lake.ListAsync("runs/", default).Where(key => key.EndsWith("/landed.json", StringComparison.Ordinal)).CountAsync()).Should().Be(2, "one manifest per load");
    }

    [Fact]
    public async Task ContractChangedAfterTheFailure_IsRerunNotRedriven()
    {
        await using var lake = await LoadedAsync();
        var cut = SourceBreak.All["connection cut"];
        await using var proxy = await cut.Break(lake);
        var failed = await lake.IngestAsync("item");
        failed.Error.Should().Be("SourceUnavailableException", failed.Cause);
        await cut.Mend(lake);
        lake.Write(Contract(lake) with { Version = "1.1.0", Columns = [.. Columns.Take(4)] });
        await lake.OpenAsync();

        var redrive = () => lake.RedriveAsync(failed);
        var (exit, _, said) = await lake.CliAsync("redrive", $"{failed.Machine}/{failed.Execution}");
        var rerun = await lake.RerunAsync(failed);

        var refused = (await redrive.Should().ThrowAsync<ContractChangedException>()).Which;
        FailureText.MustBeFit(refused.Message, lake);
        refused.Remedy.Should().Contain($"lake rerun {failed.Machine}/{failed.Execution}");
        (exit, said.Trim()).Should().Be((RetailLake.Cli.ExitCode.Refused, refused.Message));
        rerun.Status.Should().Be("SUCCEEDED", rerun.Cause);
        rerun.Name.Should().Be($"{failed.Execution}-r2");
        (await lake.ValueAsync("SELECT COUNT(*), string_agg(execution, ',' ORDER BY loaded_at) LIKE '%-r2' FROM ops.load_ledger")).Should().Be("2|True");
    }

    private static ContractText Contract(TestLake lake) => new(TestLake.Source, "item", lake.Database, Columns);

    private async Task<TestLake> LoadedAsync()
    {
        var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync("""
            CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(60), quantity INT, note VARCHAR(200), changed TIMESTAMP NULL);
            INSERT INTO item SELECT seq, CONCAT('Asha ', seq), seq, REPEAT(MD5(seq), 6), '2026-11-01 00:00:00' FROM seq_1_to_2000;
            """);
        lake.Write(Contract(lake));
        await lake.OpenAsync();
        var first = await lake.IngestAsync("item");
        first.Outcome.Should().Be("Loaded", first.Cause);
        return lake;
    }
}
