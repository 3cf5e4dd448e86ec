using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Streams.Loading;

namespace RetailLake.Tests.Warehouse.Conformance;

/// <summary>What every warehouse does alike: DuckDB itself, and the Redshift adapter before an emulated Data API.</summary>
public sealed class WarehouseConformance
{
    private static readonly Contract Customer = Samples.Customer();
    private static readonly Contract Order = Samples.Order();
    private static readonly Dictionary<string, string> Rows = new() { ["customer"] = "(1, 't1', 10, 'Pune', '2026-11-21 05:00:00', NULL)" };

    public static TheoryData<string> Adapters => ["duckdb", "redshift-data"];

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task SubmittedLoad_FinishesAndRaisesTheEvent(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        var plan = Bench.Plan(Customer, 1);
        var first = site.FirstEvent();

        var id = await site.Warehouse.SubmitAsync(new("load crm.customer-1", "token-1", site.Script(Customer, plan, site.Bench.Audit(Customer, plan, Rows))), Bench.None);

        var status = await first;
        status["source"]!.GetValue<string>().Should().Be("aws.redshift-data");
        status["detail-type"]!.GetValue<string>().Should().Be("Redshift Data Statement Status Change");
        status["detail"]!["statementId"]!.GetValue<string>().Should().Be(id);
        status["detail"]!["statementName"]!.GetValue<string>().Should().Be("load crm.customer-1");
        status["detail"]!["state"]!.GetValue<string>().Should().Be("FINISHED");
        (await site.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
        (await site.Warehouse.ErrorOfAsync(id, Bench.None)).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task SameClientToken_IsTheSameStatement(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        var first = site.FirstEvent();

        var id = await site.Warehouse.SubmitAsync(new("a", "token", ["CREATE TEMP TABLE \"once\" (\"n\" BIGINT)"]), Bench.None);
        await first;

        (await site.Warehouse.SubmitAsync(new("a", "token", ["CREATE TEMP TABLE \"once\" (\"n\" BIGINT)"]), Bench.None)).Should().Be(id);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task FailedStatement_SaysWhyWithoutValues(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        var first = site.FirstEvent();

        var id = await site.Warehouse.SubmitAsync(new("a", "token", ["SELECT CAST('9876543210 Ravi' AS INTEGER)"]), Bench.None);

        (await first)["detail"]!["state"]!.GetValue<string>().Should().Be("FAILED");
        (await site.Warehouse.ErrorOfAsync(id, Bench.None)).Should().NotBeNullOrEmpty().And.NotContain("Ravi").And.NotContain("9876543210");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task UnknownStatement_HasNoError(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);

        (await site.Warehouse.ErrorOfAsync("00000000-0000-0000-0000-000000000000", Bench.None)).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task SecondStatementFails_FirstLeavesNothing(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);

        var run = () => site.Warehouse.ExecuteAsync([$"INSERT INTO \"ops\".\"contract_lock\" (\"contract\", \"taken\") SELECT 'a', 1", "SELECT 1 FROM \"ops\".\"no_such_table\""], Bench.None);

        await run.Should().ThrowAsync<LoadFailedException>();
        (await site.TextAsync("SELECT COUNT(*) FROM \"ops\".\"contract_lock\" WHERE \"contract\" = 'a'")).Should().Be("0");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task LoadsAndDeletions_LeaveTheSameRowsAndBooks(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Order);
        var second = Bench.Plan(Order, 2, 10, 20);

        await site.LoadAsync(Order, Bench.Plan(Order, 1), new Dictionary<string, string>
        {
            ["order"] = "(1, '2026-11-21', 100.10, '2026-11-21 05:00:00', false), (2, '2026-11-21', 7, '2026-11-21 05:00:00', false)",
            ["order_line"] = "(11, 1, 'चाय | ''x''', 1, 60.05), (12, 1, NULL, 2.125, 40.05), (21, 2, 'b', 1, 7)",
            ["payment"] = "(1, 1, 100.10), (2, 1, 7)",
        });
        await site.LoadAsync(Order, second, new Dictionary<string, string>
        {
            ["order"] = "(1, '2026-11-21', 50, '2026-11-21 07:00:00', false)", ["order_line"] = "(11, 1, 'c', 1, 50)", ["payment"] = "(1, 1, 50)",
        }, keys: "(1)");

        (await site.TextAsync("SELECT order_id, amount, _run FROM oms.\"order\" ORDER BY 1")).Should().Be("1,50.00,2");
        (await site.TextAsync("SELECT line_id, item, quantity, net FROM oms.order_line ORDER BY 1")).Should().Be("11,c,1.000,50.00");
        (await site.Ledger.BalanceAsync(second.WorkId, Bench.None)).Single(row => row.Table == "order_line" && row.Measure == "net").Hops["replaced"].Should().Be(50m);
        (await site.TextAsync("SELECT _op, COUNT(*), SUM(net) FROM ops.export_outbox_oms_order_line GROUP BY 1 ORDER BY 1")).Should().Be("D,2,47.05; U,4,157.1");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task HeldUnits_AreToldAlike(string adapter)
    {
        var sale = StreamSamples.Sale();
        await using var site = await WarehouseSite.OpenAsync(adapter, sale);
        const string at = "0, 3, 5, 0, TIMESTAMP '2026-11-21 06:00:00'";
        const string behind = "\"_file\", \"_drop\", \"_version\", \"_change\", \"_held_at\"";
        await site.Warehouse.ExecuteAsync(
            [
                $"INSERT INTO \"ops\".\"held_shop_sale_sale\" (\"no\", \"items\", \"payments\", {behind}) SELECT 1, 2, 0, {at}",
                $"INSERT INTO \"ops\".\"held_shop_sale_item\" (\"no\", \"item\", {behind}) SELECT 1, 1, {at} UNION ALL SELECT 2, 1, {at}",
            ], Bench.None);
        HeldQueries held = new(site.Warehouse);

        (await held.CountAsync(sale, Bench.Start.AddHours(24), Bench.None)).Should().Be(new HeldUnits(2, 2));
        (await held.ListAsync(sale, Bench.Start, 5, Bench.None))
            .Select(unit => $"{unit.Key["no"]} {unit.Header} {unit.Since:O} {unit.IsOverdue} {string.Join(' ', unit.Parts.Select(part => $"{part.There}/{part.Expected}"))} {unit.Parts[1].Origins[0].Last.Text}")
            .Should().Equal("1 Held 2026-11-21T06:00:00.0000000+00:00 False 1/1 1/2 0/0 log 0:5", "2 Missing 2026-11-21T06:00:00.0000000+00:00 False 0/1 1/ 0/ log 0:5");
        (await held.FeedsAsync([sale], Bench.None)).Should().Equal((sale, true));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task BooksOfTheStageDiffer_NothingIsPublishedAndTheHopIsNamed(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        var plan = Bench.Plan(Customer, 1);
        var audit = site.Bench.Audit(Customer, plan, Rows);
        var table = audit.Tables[0];
        audit = audit with { Tables = [table with { Valid = table.Valid with { Sums = new Dictionary<string, decimal> { ["points"] = 11 } } }] };

        var load = () => site.Warehouse.ExecuteAsync(site.Script(Customer, plan, audit), Bench.None);

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Be("Found 10 at hop 'staged customer.points'; expected 11.");
        (await site.TextAsync("SELECT (SELECT COUNT(*) FROM crm.customer), (SELECT COUNT(*) FROM ops.load_ledger)")).Should().Be("0,0");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task SameWorkTwice_IsLoadedOnce(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        var plan = Bench.Plan(Customer, 1);
        await site.LoadAsync(Customer, plan, Rows);

        var again = () => site.LoadAsync(Customer, plan, Rows);

        (await again.Should().ThrowAsync<LoadFailedException>()).Which.Found.Should().Contain("in 'ops.load_ledger' already");
        (await site.TextAsync("SELECT COUNT(*) FROM crm.customer")).Should().Be("1");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task ObjectIsGone_IsDamaged(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        var plan = Bench.Plan(Customer, 1);
        var audit = site.Bench.Audit(Customer, plan, Rows);
        File.Delete(Path.Combine(site.Bench.Home, audit.Tables[0].Files[0].Object.Key));

        var load = () => site.Warehouse.ExecuteAsync(site.Script(Customer, plan, audit), Bench.None);

        await load.Should().ThrowAsync<ObjectDamagedException>();
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Values_AreOfThePortsTypes(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);

        var row = (await site.Warehouse.QueryAsync(
            """
            SELECT CAST(7 AS INTEGER), CAST(9223372036854775807 AS BIGINT), CAST(12345678901234567890.123456 AS DECIMAL(38,6)), CAST(0.10 AS DECIMAL(4,2)), CAST('चाय' AS VARCHAR(20)), CAST('' AS VARCHAR(5)),
              1 = 1, TIMESTAMP '2026-11-21 05:06:07.123456', CAST('2026-11-21' AS DATE), CAST(NULL AS BIGINT), CAST(NULL AS TIMESTAMP), CAST('23:59:01' AS TIME), CAST(0.5 AS DOUBLE PRECISION)
            """, Bench.None)).Single();

        row.Should().Equal(
            7L, long.MaxValue, 12345678901234567890.123456m, 0.10m, "चाय", "", true, new DateTime(2026, 11, 21, 5, 6, 7, DateTimeKind.Utc).AddTicks(1_234_560),
            new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc), null, null, "23:59:01.000000", 0.5d);
        row.OfType<DateTime>().Should().OnlyContain(moment => moment.Kind == DateTimeKind.Utc);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task ResultOfManyPages_IsWholeAndInOrder(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Customer);
        await site.LoadAsync(Customer, Bench.Plan(Customer, 1), new Dictionary<string, string> { ["customer"] = "SELECT n, 't' || n, n, NULL, TIMESTAMP '2026-11-21 05:00:00', NULL FROM range(1, 118) r(n)" });

        var rows = await site.Warehouse.QueryAsync("SELECT id FROM crm.customer ORDER BY id", Bench.None);

        rows.Select(row => (long)row[0]!).Should().Equal(Enumerable.Range(1, 117).Select(number => (long)number));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Unloaded_AreTheSameBytes(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Order);
        await site.LoadAsync(Order, Bench.Plan(Order, 1), new Dictionary<string, string>
        {
            ["order"] = "(1, '2026-11-21', 100.10, '2026-11-21 05:00:00', false)",
            ["order_line"] = @"(13, 1, 'चाय ""dust"" \n ''x''', 1, 60.05), (11, 1, NULL, 2.125, 40.05), (12, 1, '', 1, 0), (14, 1, ' a|b ', 1, 0)",
            ["payment"] = "(1, 1, 100.10)",
        });

        await using var rows = await site.Warehouse.UnloadAsync(
            @"SELECT CAST(""line_id"" AS VARCHAR(64)), TRANSLATE(""item"", '|' || CHR(13) || CHR(10), '   '), CAST(""net"" AS VARCHAR(64)) FROM ""oms"".""order_line"" ORDER BY ""line_id""", '|', Bench.None);
        using var text = new StreamReader(rows, new UTF8Encoding(false, true));

        (await text.ReadToEndAsync(Bench.None)).Should().Be("11||40.05\n12||0.00\n13|चाय \"dust\" \\n 'x'|60.05\n14| a b |0.00\n");
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task UnloadOfNothing_IsEmpty(string adapter)
    {
        await using var site = await WarehouseSite.OpenAsync(adapter, Order);

        await using var rows = await site.Warehouse.UnloadAsync("SELECT CAST(\"line_id\" AS VARCHAR(64)) FROM \"oms\".\"order_line\" ORDER BY \"line_id\"", '|', Bench.None);

        (await rows.ReadAsync(new byte[10], Bench.None)).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task MigratedAgainWithMore_KeepsRowsAndConverges(string adapter)
    {
        var store = Samples.Store();
        await using var site = await WarehouseSite.OpenAsync(adapter, store);
        await site.LoadAsync(store, Bench.Plan(store, 1), new Dictionary<string, string> { ["store"] = "('S1', 'One', NULL, NULL, NULL, NULL, NULL)" });
        var wider = store with { Tables = [store.Parent with { Columns = [.. store.Parent.Columns, Samples.Column("manager", ColumnKind.Text, "varchar(40)")] }] };

        await MigrationScript.RunAsync(site.Warehouse, [wider], Bench.None);
        await MigrationScript.RunAsync(site.Warehouse, [wider, Customer], Bench.None);

        (await site.TextAsync("SELECT store_code, manager FROM erp.store")).Should().Be("S1,");
        (await site.TextAsync("SELECT COUNT(*) FROM crm.customer")).Should().Be("0");
    }
}
