using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Scenarios;

/// <summary>The books of all loads in a lake, added up here and not by the product.</summary>
internal static class Books
{
    private static readonly (string Name, string Difference)[] Hops =
    [
        ("source = landed", "source - landed"),
        ("landed = valid + rejected", "landed - valid - rejected"),
        ("valid = staged", "valid - staged"),
        ("staged = its fates", "staged - inserted - replaced - superseded - duplicate - held - deleted"),
        ("published = inserted + replaced", "published - inserted - replaced"),
    ];

    public static async Task ShouldBalanceAsync(TestLake lake)
    {
        foreach (var (name, difference) in Hops)
        {
            (await NumberAsync(lake, $"SELECT COUNT(*) FROM ops.load_balance WHERE COALESCE({difference}, -1) <> 0")).Should().Be(0, name);
        }

        (await NumberAsync(lake, "SELECT COUNT(*) FROM (SELECT work_id FROM ops.load_ledger GROUP BY work_id HAVING COUNT(*) > 1)")).Should().Be(0, "one load is one ledger row");
        (await NumberAsync(lake, "SELECT COUNT(*) FROM ops.load_balance b WHERE NOT EXISTS (SELECT 1 FROM ops.load_ledger l WHERE l.work_id = b.work_id)")).Should().Be(0);
        (await NumberAsync(lake, "SELECT COUNT(*) FROM ops.load_ledger l WHERE export_sequence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ops.export_ledger e JOIN ops.load_balance b ON b.work_id = e.work_id " +
            "AND b.measure = 'rows' AND b.published = e.row_count WHERE e.work_id = l.work_id AND e.sequence = l.export_sequence AND e.state = 'delivered')")).Should().Be(0, "published = exported, and delivered");

        // All loads together leave exactly the rows that are there.
        foreach (var contract in lake.Contracts.Select(lake.Host.Contracts.Get))
        {
            foreach (var table in contract.Tables)
            {
                var there = await NumberAsync(lake, $"SELECT COUNT(*) FROM \"{contract.Source}\".\"{table.Name}\"");
                var brought = await NumberAsync(lake, $"SELECT COALESCE(SUM(published - replaced - swept), 0) FROM ops.load_balance WHERE contract = '{contract.Id}' AND table_name = '{table.Name}' AND measure = 'rows'");

                // A deletion mark is staged and counted there; whether it met a row is not in the books.
                (contract.Extract.Deletes == DeletePolicy.Soft ? Math.Min(brought, there) : brought).Should().Be(there, $"'{table.Name}' holds what its loads brought");
            }
        }
    }

    public static async Task<decimal> NumberAsync(TestLake lake, string sql) =>
        Convert.ToDecimal((await lake.Host.Warehouse.QueryAsync(sql, CancellationToken.None))[0][0], CultureInfo.InvariantCulture);
}
