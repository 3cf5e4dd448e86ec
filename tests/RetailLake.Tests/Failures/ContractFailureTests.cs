using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>A contract that is not right is named with file and line, and holds up no other feed.</summary>
public sealed class ContractFailureTests(MariaDbFixture fixture)
{
    private const string Bad = "name: price, logicalType: number, physicalType: 'decimall(12,2)', classification: internal";

    [Fact]
    public async Task BadContract_IsNamedAndTheOtherFeedsOfTheSourceRun()
    {
        await using var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync("CREATE TABLE good (id INT PRIMARY KEY); CREATE TABLE bad (id INT PRIMARY KEY, price DECIMAL(12,2)); INSERT INTO good VALUES (1), (2); INSERT INTO bad VALUES (1, 2.5)");
        lake.Write(new ContractText(TestLake.Source, "good", lake.Database, ContractText.Key));
        var bad = new ContractText(TestLake.Source, "bad", lake.Database, ContractText.Key, Bad);
        lake.Write(bad);
        var line = bad.ToString().Split('\n').Index().First(pair => pair.Item.Contains("decimall", StringComparison.Ordinal)).Index + 1;
        await lake.OpenAsync();

        var (all, table, _) = await lake.CliAsync("ingest", TestLake.Source);
        var (alone, _, said) = await lake.CliAsync("ingest", $"{TestLake.Source}/bad");

        all.Should().Be(RetailLake.Cli.ExitCode.Failed, table);
        table.Should().Contain($"bad.odcs.yaml({line},").And.Contain("decimall(12,2)").And.Contain("shop.bad: not started, ContractInvalidException");
        alone.Should().Be(RetailLake.Cli.ExitCode.Refused, said);
        said.Should().Contain($"bad.odcs.yaml({line},");
        FailureText.MustBeFit(said.Trim(), lake);
        (await lake.ValueAsync("SELECT COUNT(*), (SELECT string_agg(contract, ',') FROM ops.load_ledger) FROM shop.good")).Should().Be("2|shop.good");

        lake.Write(bad with { Columns = [ContractText.Key, Bad.Replace("decimall", "decimal", StringComparison.Ordinal)] });
        await lake.OpenAsync();
        (await lake.IngestAsync("bad")).Outcome.Should().Be("Loaded");
    }

    [Fact]
    public async Task UnknownFeed_IsRefusedWithTheKnownOnes()
    {
        await using var lake = await TestLake.CreateAsync(fixture);
        lake.Write(new ContractText(TestLake.Source, "good", lake.Database, ContractText.Key));
        await lake.OpenAsync();

        var (exit, _, said) = await lake.CliAsync("ingest", $"{TestLake.Source}/goods");

        exit.Should().Be(RetailLake.Cli.ExitCode.Refused);
        said.Should().Contain("'shop.goods'").And.Contain("'shop.good'");
        FailureText.MustBeFit(said.Trim(), lake);
    }
}
