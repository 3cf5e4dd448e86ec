using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Warehouse;

/// <summary>Every hop that does not balance stops the load, is named, and leaves nothing behind.</summary>
public sealed class LoadCheckTests
{
    private static readonly Contract Order = Samples.Order();

    private static readonly Dictionary<string, string> Unit = new()
    {
        ["order"] = "(1, '2026-11-21', 100, '2026-11-21 05:00:00', false)",
        ["order_line"] = "(11, 1, 'a', 1, 60), (12, 1, 'b', 2, 40)",
        ["payment"] = "(1, 1, 100)",
    };

    [Fact]
    public Task StageHasFewerRowsThanValid_NamesTable() => FailsAsync(
        (plan, audit) => Change(audit, "order_line", table => table with { Valid = table.Valid with { Rows = 3 }, Landed = table.Landed with { Rows = 3 }, Source = table.Source with { Rows = 3 }, Files = [table.Files[0] with { Rows = 3 }] }),
        "staged order_line.rows", "Found 2 at hop");

    [Fact]
    public Task ControlTotalDiffers_NamesColumn() => FailsAsync(
        (plan, audit) => Change(audit, "order_line", table => table with { Valid = table.Valid with { Sums = new Dictionary<string, decimal> { ["quantity"] = 3, ["net"] = 100.01m } } }),
        "staged order_line.net", "expected 100.01");

    [Fact]
    public Task SourceAndLandedDiffer_IsFoundBeforeAnythingIsSent() => FailsAsync(
        (plan, audit) => Change(audit, "payment", table => table with { Source = table.Source with { Rows = 2 } }), "source = landed of payment", "expected 2");

    [Fact]
    public Task LandedIsNotValidPlusRejected_IsFound() => FailsAsync(
        (plan, audit) => Change(audit, "payment", table => table with { Rejected = table.Rejected with { Rows = 1 } }), "landed = valid + rejected of payment", "Found 2");

    [Fact]
    public async Task FileOfAnotherLength_IsDamaged()
    {
        await using var bench = await Bench.MigratedAsync(Order);
        var plan = Bench.Plan(Order, 1);
        var audit = Change(bench.Audit(Order, plan, Unit), "payment", table => table with { Files = [table.Files[0] with { Object = table.Files[0].Object with { Bytes = 5 } }] });

        var load = () => bench.Warehouse.ExecuteAsync(bench.Script(Order, plan, audit), Bench.None);

        (await load.Should().ThrowAsync<ObjectDamagedException>()).Which.Found.Should().Contain("stored bytes of payment").And.Contain("says 5");
        await NothingAsync(bench);
    }

    [Fact]
    public async Task KeyWithoutValue_IsFound()
    {
        await using var bench = await Bench.MigratedAsync(Order);
        var plan = Bench.Plan(Order, 1);

        var load = () => bench.LoadAsync(Order, plan, new Dictionary<string, string>(Unit) { ["payment"] = "(1, NULL, 100)" });

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("key without value in payment");
        await NothingAsync(bench);
    }

    [Fact]
    public async Task KeysMissing_SweepsNothing()
    {
        await using var bench = await Bench.MigratedAsync(Order);
        var plan = Bench.Plan(Order, 1);
        var audit = bench.Audit(Order, plan, Unit, keys: "(1)");

        var load = () => bench.Warehouse.ExecuteAsync(bench.Script(Order, plan, Change(audit, "order", table => table with { KeyRows = 2 })), Bench.None);

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("staged keys");
        await NothingAsync(bench);
    }

    [Fact]
    public async Task FileMissing_IsNamedAndNothingIsLoaded()
    {
        await using var bench = await Bench.MigratedAsync(Order);
        var plan = Bench.Plan(Order, 1);
        var audit = bench.Audit(Order, plan, Unit);
        File.Delete(Path.Combine(bench.Home, audit.Tables[2].Files[0].Object.Key));

        var load = () => bench.Warehouse.ExecuteAsync(bench.Script(Order, plan, audit), Bench.None);

        (await load.Should().ThrowAsync<ObjectDamagedException>()).Which.Found.Should().Contain("payment");
        await NothingAsync(bench);
    }

    [Fact]
    public async Task TargetHoldsAKeyTwice_BooksDoNotBalance()
    {
        await using var bench = await Bench.MigratedAsync(Order);
        await bench.Warehouse.ExecuteAsync(["INSERT INTO oms.payment SELECT 1, 1, 5, 0, TIMESTAMP '2026-01-01 00:00:00' FROM range(2)"], Bench.None);

        var load = () => bench.LoadAsync(Order, Bench.Plan(Order, 1), Unit);

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("one row per key in payment");
        (await bench.TextAsync("SELECT COUNT(*) FROM oms.payment")).Should().Be("2");
    }

    [Fact]
    public async Task AnyStatementFails_NothingIsPublished()
    {
        await using var bench = await Bench.MigratedAsync(Order);
        var plan = Bench.Plan(Order, 1);
        var script = bench.Script(Order, plan, bench.Audit(Order, plan, Unit, keys: "(1)"));

        for (var count = 1; count <= script.Count; count++)
        {
            var broken = () => bench.Warehouse.ExecuteAsync([.. script.Take(count), "SELECT CAST('Ravi' AS INTEGER)"], Bench.None);

            (await broken.Should().ThrowAsync<LoadFailedException>()).Which.ToString().Should().NotContain("Ravi");
            await NothingAsync(bench);
        }

        await bench.Warehouse.ExecuteAsync(script, Bench.None);
        (await bench.TextAsync("SELECT COUNT(*) FROM oms.order_line")).Should().Be("2");
    }

    private static async Task FailsAsync(Func<RunPlan, AuditReport, AuditReport> falsify, string hop, string found)
    {
        await using var bench = await Bench.MigratedAsync(Order);
        var plan = Bench.Plan(Order, 1);
        var audit = falsify(plan, bench.Audit(Order, plan, Unit));

        var load = () => bench.Warehouse.ExecuteAsync(bench.Script(Order, plan, audit), Bench.None);

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain(hop).And.Contain(found);
        await NothingAsync(bench);
    }

    private static AuditReport Change(AuditReport audit, string name, Func<AuditedTable, AuditedTable> change) =>
        audit with { Tables = [.. audit.Tables.Select(table => table.Table == name ? change(table) : table)] };

    private static async Task NothingAsync(Bench bench) => (await bench.TextAsync(
        "SELECT (SELECT COUNT(*) FROM oms.\"order\"), (SELECT COUNT(*) FROM oms.order_line), (SELECT COUNT(*) FROM oms.payment), (SELECT COUNT(*) FROM ops.load_ledger), (SELECT COUNT(*) FROM ops.load_balance), (SELECT COUNT(*) FROM ops.export_outbox_oms_order_line)"))
        .Should().Be("0,0,0,0,0,0");
}
