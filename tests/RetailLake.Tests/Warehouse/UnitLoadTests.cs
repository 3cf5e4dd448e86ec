using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Warehouse;

/// <summary>A bill with its lines and payments is one unit: it is replaced, deleted and overtaken as a whole.</summary>
public sealed class UnitLoadTests
{
    private const string Orders = "SELECT order_id, amount, _run FROM oms.\"order\" ORDER BY 1";
    private const string Lines = "SELECT line_id, order_id, quantity, _run FROM oms.order_line ORDER BY 1";
    private const string Payments = "SELECT order_id, payment_no, _run FROM oms.payment ORDER BY 1, 2";
    private static readonly Contract Order = Samples.Order();

    [Fact]
    public async Task LineRemovedFromABill_Disappears()
    {
        await using var bench = await LoadedAsync();
        var plan = Bench.Plan(Order, 2, 10, 20);

        await bench.LoadAsync(Order, plan, Unit("(1, '2026-11-21', 60, '2026-11-21 17:00:00', false)", "(11, 1, 'a', 3, 60)", "(1, 1, 60)"));

        (await bench.TextAsync(Orders)).Should().Be("1,60.00,2; 2,50.00,1");
        (await bench.TextAsync(Lines)).Should().Be("11,1,3.000,2; 21,2,1.000,1");
        (await bench.TextAsync(Payments)).Should().Be("1,1,2; 2,1,1");
        (await bench.BooksAsync(plan, "order_line")).Should().Be("1/0/1/0/0/0/1/1");
        (await bench.BooksAsync(plan, "order_line", "quantity")).Should().Be("3/0/3/0/0/0/2/3");
        (await bench.BooksAsync(plan, "payment")).Should().Be("1/0/1/0/0/0/1/1");
        (await bench.Ledger.FindAsync(plan.WorkId, Bench.None))!.Hops["swept"].Should().Be(2);
    }

    [Fact]
    public async Task LineMovedToAnotherBill_IsThereOnce()
    {
        await using var bench = await LoadedAsync();

        await bench.LoadAsync(Order, Bench.Plan(Order, 2, 10, 20), Unit("(2, '2026-11-21', 70, '2026-11-21 17:00:00', false)", "(21, 2, 'c', 1, 50), (12, 2, 'b', 2, 20)", "(2, 1, 70)"));

        (await bench.TextAsync(Lines)).Should().Be("11,1,1.000,1; 12,2,2.000,2; 21,2,1.000,2");
    }

    [Fact]
    public async Task SweptParent_TakesItsChildrenAlongAndStaysGone()
    {
        await using var bench = await LoadedAsync();
        var plan = Bench.Plan(Order, 3, 10, 20);

        await bench.LoadAsync(Order, plan, Unit("(3, '2026-11-21', 5, '2026-11-21 17:00:00', false)", "(31, 3, 'x', 1, 5)", "(3, 1, 5)"), keys: "(1)");
        var late = Bench.Plan(Order, 2, 5, 10);
        await bench.LoadAsync(Order, late, Unit("(2, '2026-11-21', 1, '2026-11-21 12:00:00', false)", "(21, 2, 'c', 1, 50)", "(2, 1, 1)"));

        // 3 is not among the keys, which were read before it was written; it is staged, so it stays.
        (await bench.TextAsync(Orders)).Should().Be("1,100.00,1; 3,5.00,3");
        (await bench.TextAsync(Lines)).Should().Be("11,1,1.000,1; 12,1,2.000,1; 31,3,1.000,3");
        (await bench.BooksAsync(plan, "order")).Should().Be("1/1/0/0/0/0/1/1");
        (await bench.BooksAsync(plan, "order_line")).Should().Be("1/1/0/0/0/0/1/1");
        (await bench.BooksAsync(late, "order_line")).Should().Be("1/0/0/1/0/0/0/0");
    }

    [Fact]
    public async Task LateSweep_DoesNotTouchRowsOfLaterLoads()
    {
        await using var bench = await LoadedAsync();
        await bench.LoadAsync(Order, Bench.Plan(Order, 3, 10, 20), Unit("(3, '2026-11-21', 5, '2026-11-21 17:00:00', false)", "(31, 3, 'x', 1, 5)", "(3, 1, 5)"));

        await bench.LoadAsync(Order, Bench.Plan(Order, 2, 5, 10), Unit("", "", ""), keys: "(1)");

        (await bench.TextAsync(Orders)).Should().Be("1,100.00,1; 3,5.00,3");
    }

    [Fact]
    public async Task SoftDeletedParent_TakesItsChildrenAlong()
    {
        var contract = Samples.Order(DeletePolicy.Soft);
        await using var bench = await LoadedAsync(contract);
        var plan = Bench.Plan(contract, 2, 10, 20);

        // One line is delivered with the deleted bill, the other is not.
        await bench.LoadAsync(contract, plan, Unit("(1, '2026-11-21', 100, '2026-11-21 17:00:00', true)", "(11, 1, 'a', 1, 60)", ""));

        (await bench.TextAsync(Orders)).Should().Be("2,50.00,1");
        (await bench.TextAsync(Lines)).Should().Be("21,2,1.000,1");
        (await bench.TextAsync(Payments)).Should().Be("2,1,1");
        (await bench.BooksAsync(plan, "order")).Should().Be("1/0/0/0/0/1/0/0");
        (await bench.BooksAsync(plan, "order_line")).Should().Be("1/0/0/0/0/1/1/0");
    }

    [Fact]
    public async Task OlderUnit_IsSupersededAsAWhole()
    {
        await using var bench = await LoadedAsync(ordinal: 5);
        var late = Bench.Plan(Order, 2, 10, 20);

        await bench.LoadAsync(Order, late, Unit("(1, '2026-11-21', 1, '2026-11-21 17:00:00', false)", "(11, 1, 'a', 9, 9), (19, 1, 'z', 9, 9)", "(1, 7, 1)"));

        (await bench.TextAsync(Lines)).Should().Be("11,1,1.000,5; 12,1,2.000,5; 21,2,1.000,5");
        (await bench.BooksAsync(late, "order_line")).Should().Be("2/0/0/2/0/0/0/0");
        (await bench.BooksAsync(late, "payment")).Should().Be("1/0/0/1/0/0/0/0");
    }

    [Fact]
    public async Task LineWithoutItsBill_IsPublishedByItsOwnKey()
    {
        await using var bench = await LoadedAsync();

        await bench.LoadAsync(Order, Bench.Plan(Order, 2, 10, 20), Unit("", "(11, 1, 'a', 8, 60), (99, 77, 'orphan', 1, 1)", ""));

        (await bench.TextAsync(Lines)).Should().Be("11,1,8.000,2; 12,1,2.000,1; 21,2,1.000,1; 99,77,1.000,2");
    }

    [Fact]
    public async Task Outbox_HoldsPublishedAndGoneLinesUnderTheNextSequence()
    {
        await using var bench = await LoadedAsync();

        await bench.LoadAsync(Order, Bench.Plan(Order, 2, 10, 20), Unit("(1, '2026-11-21', 60, '2026-11-21 17:00:00', false)", "(11, 1, 'a', 3, 60)", "(1, 1, 60)"));

        (await bench.TextAsync("SELECT _sequence, _op, order_id, line_id, item, net FROM ops.export_outbox_oms_order_line ORDER BY 1, 2, 4"))
            .Should().Be("1,U,1,11,a,60.00; 1,U,1,12,b,40.00; 1,U,2,21,c,50.00; 2,D,1,12,b,40.00; 2,U,1,11,a,60.00");
        (await bench.TextAsync("SELECT sequence, state, row_count, deleted_count FROM ops.export_ledger ORDER BY 1")).Should().Be("1,pending,3,0; 2,pending,1,1");
        (await bench.Ledger.ListAsync(Order.Id, 10, Bench.None)).Select(row => row.ExportSequence).Should().Equal(2, 1);
    }

    private static async Task<Bench> LoadedAsync(Contract? contract = null, long ordinal = 1)
    {
        contract ??= Order;
        var bench = await Bench.MigratedAsync(contract);
        await bench.LoadAsync(contract, Bench.Plan(contract, ordinal, 0, 5), Unit(
            "(1, '2026-11-21', 100, '2026-11-21 05:00:00', false), (2, '2026-11-21', 50, '2026-11-21 05:00:00', false)",
            "(11, 1, 'a', 1, 60), (12, 1, 'b', 2, 40), (21, 2, 'c', 1, 50)",
            "(1, 1, 60), (1, 2, 40), (2, 1, 50)"));
        return bench;
    }

    private static Dictionary<string, string> Unit(string orders, string lines, string payments) =>
        new() { ["order"] = orders, ["order_line"] = lines, ["payment"] = payments };
}
