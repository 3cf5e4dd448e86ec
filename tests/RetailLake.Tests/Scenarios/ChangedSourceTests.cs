namespace RetailLake.Tests.Scenarios;

/// <summary>What extracts by watermark lose or double elsewhere.</summary>
[Collection(ScenarioServer.Name)]
public sealed class ChangedSourceTests(ScenarioServer server)
{
    [Fact]
    public async Task TransactionCommittedAfterTheExtract_IsNotLost()
    {
        var source = await server.NewAsync();
        await using var lake = await TestLake.OpenAsync(source, "oms.order");
        await lake.IngestAsync("oms.order", "order-1");
        await using (var late = await source.Databases.OpenLateSaleAsync(TimeProvider.System.GetUtcNow()))
        {
            await source.AfterLagAsync("oms");

            // Not up to the new order: its neighbour is locked with it.
            await source.ExecuteAsync("oms", $"UPDATE sales_order SET status = 'PACKED', updated_at = {TestSource.IndianTime} WHERE order_id < {late.OrderId - 5}");
            var watermark = await source.NumberAsync("oms", "SELECT UNIX_TIMESTAMP(MAX(updated_at)) FROM sales_order");
            await source.AfterLagAsync("oms");
            (await lake.IngestAsync("oms.order", "order-2")).Status.Should().Be("SUCCEEDED");
            (await CountAsync(lake, late.OrderId)).Should().Be(0);
            await late.CommitAsync();
            (await source.NumberAsync("oms", $"SELECT COUNT(*) FROM sales_order WHERE order_id = {late.OrderId} AND UNIX_TIMESTAMP(updated_at) >= {watermark}"))
                .Should().Be(0, "who reads on from the latest time seen would never find it");
            await source.AfterLagAsync("oms");

            (await lake.IngestAsync("oms.order", "order-3")).Status.Should().Be("SUCCEEDED");

            (await CountAsync(lake, late.OrderId)).Should().Be(1);
            (await Books.NumberAsync(lake, "SELECT COUNT(*) FROM oms.sales_order WHERE status = 'PACKED'")).Should().BeGreaterThan(50);
            await Books.ShouldBalanceAsync(lake);
        }
    }

    [Fact]
    public async Task ThousandRowsOfOneTimeAtTheBoundary_AreReadOnce()
    {
        var source = await server.NewAsync();
        await using var lake = await TestLake.OpenAsync(source, "merch.price");
        await lake.IngestAsync("merch.price", "price-1");
        var bound = await Books.NumberAsync(lake, "SELECT CAST(EXTRACT(epoch FROM window_hi) AS BIGINT) FROM ops.load_ledger");
        var indian = $"CONVERT_TZ('1970-01-01' + INTERVAL {bound} SECOND, '+00:00', '+05:30')";
        await source.ExecuteAsync("merch", $"UPDATE price SET updated_at = {indian} ORDER BY product_id DESC, store_group, valid_from LIMIT 1000");
        (await source.NumberAsync("merch", $"SELECT COUNT(*) FROM price WHERE updated_at > {indian}")).Should().Be(0, "who asks for later times only would lose them all");
        await source.AfterLagAsync("merch");

        await lake.IngestAsync("merch.price", "price-2");
        await lake.IngestAsync("merch.price", "price-3");

        (await HopAsync(lake, "price-2", "source")).Should().Be(1000);
        (await HopAsync(lake, "price-2", "published + rejected")).Should().Be(1000);
        (await HopAsync(lake, "price-2", "inserted")).Should().Be(0);
        (await HopAsync(lake, "price-3", "source")).Should().Be(0);
        await Books.ShouldBalanceAsync(lake);
    }

    [Theory]
    [InlineData("crm.customer", "customer", "customer_id", "UPDATE customer SET deleted_at = NOW(6), updated_at = NOW(6) WHERE customer_id = {0}")]
    [InlineData("crm.loyalty_account", "loyalty_account", "account_id", "DELETE FROM loyalty_account WHERE account_id = {0}")]
    [InlineData("merch.inventory", "inventory", "product_id", "DELETE FROM inventory WHERE product_id = {0}")]
    public async Task DeletedRow_Disappears(string contract, string table, string key, string delete)
    {
        var (database, feed) = (contract.Split('.')[0], contract.Split('.')[1]);
        var source = await server.NewAsync();
        await using var lake = await TestLake.OpenAsync(source, contract);
        await lake.IngestAsync(contract, $"{feed}-1");
        var victim = await Books.NumberAsync(lake, $"SELECT MIN({key}) FROM {database}.{table}");
        var others = await Books.NumberAsync(lake, $"SELECT COUNT(*) FROM {database}.{table} WHERE {key} <> {victim}");
        await source.ExecuteAsync(database, string.Format(delete, victim));
        await source.AfterLagAsync(database);

        (await lake.IngestAsync(contract, $"{feed}-2")).Status.Should().Be("SUCCEEDED");

        (await Books.NumberAsync(lake, $"SELECT COUNT(*) FROM {database}.{table} WHERE {key} = {victim}")).Should().Be(0);
        (await Books.NumberAsync(lake, $"SELECT COUNT(*) FROM {database}.{table}")).Should().Be(others).And.BePositive();
        await Books.ShouldBalanceAsync(lake);
    }

    [Fact]
    public async Task RemovedOrderLine_DisappearsAndIsExportedAsGone()
    {
        var source = await server.NewAsync();
        await using var lake = await TestLake.OpenAsync(source, "oms.order");
        await lake.IngestAsync("oms.order", "order-1");
        var order = await Books.NumberAsync(lake, "SELECT MIN(order_id) FROM oms.sales_order_line GROUP BY order_id HAVING COUNT(*) > 1 ORDER BY 1 LIMIT 1");
        var lines = await Books.NumberAsync(lake, "SELECT COUNT(*) FROM oms.sales_order_line");
        await source.ExecuteAsync("oms", $"DELETE FROM sales_order_line WHERE order_id = {order} AND line_no = 1; UPDATE sales_order SET updated_at = {TestSource.IndianTime} WHERE order_id = {order}");
        await source.AfterLagAsync("oms");

        (await lake.IngestAsync("oms.order", "order-2")).Status.Should().Be("SUCCEEDED");

        (await Books.NumberAsync(lake, "SELECT COUNT(*) FROM oms.sales_order_line")).Should().Be(lines - 1);
        (await lake.DumpAsync()).Should().MatchRegex($"_000002_DEL.dat.gz\n[^=]*\n?{order}\\|1\\|");
        await Books.ShouldBalanceAsync(lake);
    }

    private static Task<decimal> CountAsync(TestLake lake, long order) => Books.NumberAsync(lake, $"SELECT COUNT(*) FROM oms.sales_order WHERE order_id = {order}");

    private static Task<decimal> HopAsync(TestLake lake, string execution, string hop) =>
        Books.NumberAsync(lake, $"SELECT COALESCE(SUM({hop}), 0) FROM ops.load_balance WHERE execution = '{execution}' AND measure = 'rows'");
}
