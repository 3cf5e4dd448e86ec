using DuckDB.NET.Data;

namespace RetailLake.Tests.Warehouse;

public sealed class ReaderTests
{
    [Fact]
    public async Task ReaderDuringALoad_SeesTheStateBeforeUntilItsOwnEnd()
    {
        var contract = Samples.Store();
        await using var bench = await Bench.MigratedAsync(contract);
        await bench.LoadAsync(contract, Bench.Plan(contract, 1), new Dictionary<string, string> { ["store"] = "('S1', 'One', NULL, NULL, NULL, NULL, NULL)" });
        await using var reader = new DuckDBConnection($"Data Source={bench.Options.Database}");
        await reader.OpenAsync(Bench.None);
        await using var query = reader.CreateCommand();
        query.CommandText = "BEGIN";
        await query.ExecuteNonQueryAsync(Bench.None);
        query.CommandText = "SELECT string_agg(store_code ORDER BY store_code) || (SELECT COUNT(*) FROM ops.load_ledger) FROM erp.store";
        (await query.ExecuteScalarAsync(Bench.None)).Should().Be("S11");

        await bench.LoadAsync(contract, Bench.Plan(contract, 2), new Dictionary<string, string> { ["store"] = "('S2', 'Two', NULL, NULL, NULL, NULL, NULL)" });

        (await query.ExecuteScalarAsync(Bench.None)).Should().Be("S11");
        (await bench.TextAsync("SELECT store_code FROM erp.store")).Should().Be("S2");
    }
}
