using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse;

public sealed class SnapshotLoadTests
{
    private static readonly Contract Store = Samples.Store();

    [Fact]
    public async Task RowNoLongerInTheSnapshot_IsSwept()
    {
        await using var bench = await Bench.MigratedAsync(Store);
        await bench.LoadAsync(Store, Bench.Plan(Store, 1), Rows("('S1', 'One', '2020-01-01', 10.5, '{}', 'ff00', '09:00:00'), ('S2', 'Two', NULL, NULL, NULL, NULL, NULL)"));
        var plan = Bench.Plan(Store, 2);

        await bench.LoadAsync(Store, plan, Rows("('S1', 'Eins', '2020-01-01', 10.5, '{}', 'ff00', '09:00:00')"));

        (await bench.TextAsync("SELECT store_code, name, opens, _run FROM erp.store")).Should().Be("S1,Eins,09:00:00.000000,2");
        (await bench.BooksAsync(plan, "store")).Should().Be("1/0/1/0/0/0/1/1");
    }

    [Fact]
    public async Task OlderSnapshot_IsSuperseded()
    {
        await using var bench = await Bench.MigratedAsync(Store);
        await bench.LoadAsync(Store, Bench.Plan(Store, 2), Rows("('S1', 'One', NULL, NULL, NULL, NULL, NULL)"));
        var late = Bench.Plan(Store, 1);

        var load = () => bench.LoadAsync(Store, late, Rows("('S9', 'Gone', NULL, NULL, NULL, NULL, NULL)"));

        await load.Should().ThrowAsync<LoadFailedException>();
        (await bench.Ledger.DecideAsync(late, Bench.None)).Should().Be(LoadOutcome.Superseded);
        (await bench.TextAsync("SELECT store_code FROM erp.store")).Should().Be("S1");
    }

    private static Dictionary<string, string> Rows(string rows) => new() { ["store"] = rows };
}
