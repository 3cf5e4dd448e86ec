using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Scenarios;

/// <summary>The ledger against MariaDB, which counts for itself: all feeds, a day of changes, all feeds again.</summary>
[Collection(ScenarioServer.Name)]
public sealed class SourceTotalsTests(ScenarioServer server)
{
    private static readonly string[] Contracts =
        ["crm.customer", "crm.loyalty_account", "crm.loyalty_txn", "merch.category", "merch.inventory", "merch.price", "merch.product", "merch.store", "oms.order"];

    [Fact]
    public async Task BooksOfAllLoads_AgreeWithMariaDb()
    {
        var source = await server.NewAsync();
        await using var lake = await TestLake.OpenAsync(source, Contracts);
        await source.AfterLagAsync("crm");
        var since = TimeProvider.System.GetUtcNow();
        await IngestAllAsync(lake, 1);
        foreach (var contract in lake.Contracts.Select(lake.Host.Contracts.Get))
        {
            foreach (var table in contract.Tables)
            {
                await SourceShouldBeAsync(lake, source, contract, table);
            }
        }

        await source.AfterLagAsync("crm");
        await source.AfterLagAsync("crm");
        await source.Databases.ApplyDayAsync(2, since, TimeProvider.System.GetUtcNow());
        await source.AfterLagAsync("crm");
        await IngestAllAsync(lake, 2);

        await Books.ShouldBalanceAsync(lake);
        (await Books.NumberAsync(lake, "SELECT SUM(rejected) FROM ops.load_balance")).Should().BePositive("the demo's rows are not all right");
        foreach (var contract in lake.Contracts.Select(lake.Host.Contracts.Get))
        {
            await TableComparison.ShouldAgreeAsync(lake, source, contract);
        }
    }

    /// <summary>The first load reads the whole table: its source totals are those of the table.</summary>
    private static async Task SourceShouldBeAsync(TestLake lake, TestSource source, Contract contract, ContractTable table)
    {
        var measures = table.Columns.Where(column => column.ControlTotal).Select(column => (column.Name, $"COALESCE(SUM({column.SourceName}), 0)")).Prepend(("rows", "COUNT(*)"));
        foreach (var (measure, sql) in measures)
        {
            var counted = await source.NumberAsync(contract.Source, $"SELECT {sql} FROM {table.SourceName}");
            (await Books.NumberAsync(lake, $"SELECT source FROM ops.load_balance WHERE contract = '{contract.Id}' AND table_name = '{table.Name}' AND measure = '{measure}'"))
                .Should().Be(counted, $"MariaDB finds that for {measure} of '{table.Name}'");
        }

        (await Books.NumberAsync(lake, $"SELECT (SELECT COUNT(*) FROM {contract.Source}.{table.Name}) + rejected + deleted - source FROM ops.load_balance WHERE contract = '{contract.Id}' AND table_name = '{table.Name}' AND measure = 'rows'"))
            .Should().Be(0, "each row of the source is in the table, refused, or deleted");
    }

    private static async Task IngestAllAsync(TestLake lake, int run)
    {
        var arns = await Task.WhenAll(lake.Contracts.Select(contract => lake.StartAsync(contract, $"{contract.Split('.')[1]}-{run}")));
        foreach (var arn in arns)
        {
            var over = await lake.WaitAsync(arn);
            over.Status.Should().Be("SUCCEEDED", $"{over.Name}: {over.Error} {over.Cause}");
        }
    }
}
