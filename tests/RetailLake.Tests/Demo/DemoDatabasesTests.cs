using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using MySqlConnector;
using RetailLake.Local.Demo;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Demo;

public sealed class DemoDatabasesTests(MariaDbFixture fixture, ITestOutputHelper output)
{
    private const int Lines = 2_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, 250, TimeSpan.Zero);

    [Fact]
    public async Task Fill_HasThePromisedRowsAndDirt()
    {
        var demo = await DemoAsync("rows_");

        var size = await demo.FillAsync(Lines, seed: 7);

        var rows = (await demo.CountsAsync()).ToDictionary(total => total.Table, total => total.Rows);
        rows["sales_order_line"].Should().Be(Lines);
        rows["sales_order"].Should().Be(size.Orders);
        rows["customer"].Should().Be(size.Customers);
        rows["price"].Should().Be(size.Prices);
        rows["inventory"].Should().Be(size.Inventory);
        (await demo.CountDirtAsync()).Should().Equal(DemoDatabases.PromisedDirt(size)).And.OnlyContain(dirt => dirt.Rows > 0);
    }

    [Fact]
    public async Task SameSeed_GivesTheSameData()
    {
        var first = await DemoAsync("one_");
        var second = await DemoAsync("two_");

        await first.FillAsync(Lines, seed: 7);
        await second.FillAsync(Lines, seed: 7);

        (await ChecksumsAsync("one_")).Should().Equal(await ChecksumsAsync("two_"));
        await second.FillAsync(Lines, seed: 8);
        (await ChecksumsAsync("one_")).Should().NotEqual(await ChecksumsAsync("two_"));
    }

    [Fact]
    public async Task Bills_BalanceBeforeAndAfterADay()
    {
        var demo = await DemoAsync("bills_");
        await demo.FillAsync(Lines, seed: 3);
        const string unbalanced = """
            SELECT COUNT(*) FROM bills_oms.sales_order o
            LEFT JOIN (SELECT order_id, COUNT(*) n, SUM(net_amount) net, SUM(taxable_amount) taxable FROM bills_oms.sales_order_line GROUP BY order_id) l USING (order_id)
            LEFT JOIN (SELECT order_id, SUM(amount) paid FROM bills_oms.sales_order_payment GROUP BY order_id) p USING (order_id)
            WHERE NOT (l.n <=> o.line_count AND l.net + o.round_off <=> o.net_amount AND l.taxable <=> o.taxable_amount AND p.paid <=> o.net_amount)
            """;

        (await NumberAsync(unbalanced)).Should().Be(0);
        await demo.ApplyDayAsync(1, Now, Now.AddDays(1));

        (await NumberAsync(unbalanced)).Should().Be(0);
    }

    [Fact]
    public async Task Day_StampsEveryChangeWithinItself()
    {
        var demo = await DemoAsync("day_");
        await demo.FillAsync(Lines, seed: 3);

        var changes = await demo.ApplyDayAsync(1, Now, Now.AddDays(1));

        changes.Should().Contain(change => change.Table == "sales_order" && change.Inserted > 0 && change.Updated > 0);
        changes.Where(change => change.Deleted > 0).Select(change => change.Table)
            .Should().Contain(["loyalty_account", "sales_order_line", "product", "price", "inventory"]);
        foreach (var (table, zone) in new[] { ("crm.customer", "+00:00"), ("crm.loyalty_txn", "+00:00"), ("oms.sales_order", "+05:30"), ("merch.price", "+05:30"), ("merch.product", "+00:00") })
        {
            var changed = changes.Single(change => change.Table == table.Split('.')[1]);
            // An update and a soft delete may meet in one row.
            (await StampedAsync($"day_{table}", zone, "> @from")).Should().BeInRange(Math.Max(changed.Inserted, 1), changed.Inserted + changed.Updated);
            (await StampedAsync($"day_{table}", zone, "> @from + INTERVAL 1 DAY")).Should().Be(0);
        }
    }

    [Fact]
    public async Task Fill_IsInThePast()
    {
        var demo = await DemoAsync("past_");

        await demo.FillAsync(Lines, seed: 3);

        (await StampedAsync("past_oms.sales_order", "+05:30", "> @from")).Should().Be(0);
        (await StampedAsync("past_crm.customer", "+00:00", "> @from")).Should().Be(0);
    }

    [Fact]
    public async Task LateSale_ShowsOnlyAfterItsCommitWithItsOlderTime()
    {
        var demo = await DemoAsync("late_");
        await demo.FillAsync(Lines, seed: 3);
        await using var sale = await demo.OpenLateSaleAsync(Now.AddMinutes(-30));
        var seen = string.Create(CultureInfo.InvariantCulture,
            $"SELECT COUNT(*) FROM late_oms.sales_order JOIN late_oms.sales_order_line USING (order_id) WHERE order_id = {sale.OrderId} AND updated_at = '2026-11-22 11:30:00'");

        (await NumberAsync(seen)).Should().Be(0);
        await sale.CommitAsync();

        (await NumberAsync(seen)).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Texts_KeepDevanagariEmojiAndLeadingZeros()
    {
        var demo = await DemoAsync("text_");

        await demo.FillAsync(Lines, seed: 3);

        (await NumberAsync("SELECT COUNT(*) FROM text_oms.sales_order WHERE gift_message LIKE '%🪔' COLLATE utf8mb4_bin")).Should().BeGreaterThan(0);
        (await NumberAsync("SELECT COUNT(*) FROM text_crm.customer WHERE full_name IN ('सुनीता शर्मा', 'राजेश वर्मा', 'विजय चव्हाण', 'हरप्रीत कौर')")).Should().BeGreaterThan(0);
        (await NumberAsync("SELECT COUNT(*) FROM text_merch.product WHERE hsn LIKE '07%'")).Should().BeGreaterThan(0);
        (await NumberAsync("SELECT COUNT(*) FROM text_crm.customer WHERE attributes IS NOT NULL AND NOT JSON_VALID(attributes)")).Should().Be(0);
    }

    [Fact(Explicit = true)]
    public async Task MillionLines_TakeSeconds()
    {
        var demo = await DemoAsync("million_");
        var watch = Stopwatch.StartNew();

        var size = await demo.FillAsync();
        output.WriteLine($"fill {watch.Elapsed.TotalSeconds:0.0} s, {size}");
        watch.Restart();
        foreach (var change in await demo.ApplyDayAsync(1, Now, Now.AddDays(1)))
            output.WriteLine($"{change}");
        output.WriteLine($"day {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        foreach (var total in await demo.CountsAsync())
            output.WriteLine($"{total.Table} {total.Rows} {string.Join(", ", total.Sums)}");
        output.WriteLine($"counts {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private async Task<DemoDatabases> DemoAsync(string prefix) =>
        new((await fixture.ServerAsync()).AdminConnectionString, new FakeTimeProvider(Now), prefix);

    private async Task<IReadOnlyList<long>> ChecksumsAsync(string prefix)
    {
        var sums = new List<long>();
        foreach (var table in new[]
        {
            "crm.customer", "crm.loyalty_account", "crm.loyalty_txn", "oms.sales_order", "oms.sales_order_line", "oms.sales_order_payment",
            "merch.category", "merch.product", "merch.price", "merch.store", "merch.inventory",
        })
            sums.Add(await NumberAsync($"CHECKSUM TABLE {prefix}{table}", column: 1));
        return sums;
    }

    private Task<long> StampedAsync(string table, string zone, string than) => NumberAsync(
        $"SET @from = CONVERT_TZ('{Now:yyyy-MM-dd HH:mm:ss}', '+00:00', '{zone}'); SET time_zone = '+00:00'; SELECT COUNT(*) FROM {table} WHERE updated_at {than}");

    private async Task<long> NumberAsync(string sql, int column = 0)
    {
        var settings = new MySqlConnectionStringBuilder((await fixture.ServerAsync()).AdminConnectionString) { AllowUserVariables = true };
        await using var connection = new MySqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Convert.ToInt64(reader.GetValue(column));
    }
}
