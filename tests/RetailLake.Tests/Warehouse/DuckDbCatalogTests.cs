using RetailLake.Local.DuckDb;

namespace RetailLake.Tests.Warehouse;

public sealed class DuckDbCatalogTests
{
    [Fact]
    public async Task RegisteredTwice_IsThereOnce()
    {
        var contract = Samples.Store();
        await using var bench = await Bench.MigratedAsync(contract);
        var catalog = new DuckDbCatalog(bench.Warehouse, TimeProvider.System);

        await catalog.RegisterAsync([new(contract, "store", "store-1", "/lake/curated/erp/store/run=store-1", ["a.parquet"], 7)], Bench.None);
        await catalog.RegisterAsync([new(contract, "store", "store-1", "/lake/curated/erp/store/run=store-1", ["a.parquet"], 7)], Bench.None);

        (await bench.TextAsync("SELECT contract, table_name, execution, files, row_count FROM ops.curated_partition")).Should().Be("erp.store,store,store-1,[\"a.parquet\"],7");
    }
}
