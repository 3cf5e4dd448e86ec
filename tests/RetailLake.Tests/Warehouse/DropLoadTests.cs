using System.Globalization;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse;

/// <summary>Drops in the warehouse: which row stays, what the ledger says of each file.</summary>
public sealed class DropLoadTests
{
    private const string Prices = "SELECT sku, amount, _version FROM gp.price ORDER BY 1";

    [Fact]
    public async Task NewerFile_ReplacesByKeyAndTheRestStays()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.TakeAsync("price-1", new TestDrop("a.csv", 1, Price(1, 10), Price(2, 20)));

        var plan = await lake.TakeAsync("price-2", new TestDrop("b.csv", 2, Price(2, 25), Price(3, 30)));

        (await lake.TextAsync(Prices)).Should().Be("1,10.00,1; 2,25.00,2; 3,30.00,2");
        (await lake.Bench.BooksAsync(plan, "price")).Should().Be("2/1/1/0/0/0/0/2");
        (await lake.Bench.BooksAsync(plan, "price", "amount")).Should().Be("55/30/25/0/0/0/0/55");
        (await lake.OutcomesAsync()).Should().Be("a.csv,1,loaded; b.csv,2,loaded");
        (await lake.Bench.Ledger.FindAsync(plan.WorkId, Bench.None))!.Mode.Should().Be("drops");
    }

    [Fact]
    public async Task LateFile_ChangesNothingThatIsNewer()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.TakeAsync("price-1", new TestDrop("b.csv", 2, Price(2, 25), Price(3, 30)));

        var plan = await lake.TakeAsync("price-2", new TestDrop("a.csv", 1, Price(1, 10), Price(2, 20)));

        (await lake.TextAsync(Prices)).Should().Be("1,10.00,1; 2,25.00,2; 3,30.00,2");
        (await lake.Bench.BooksAsync(plan, "price")).Should().Be("2/1/0/1/0/0/0/1");
    }

    [Fact]
    public async Task KeyInSeveralFilesOfOneLoad_NewestStaysAndTheOthersAreDuplicates()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());

        var plan = await lake.TakeAsync("price-1", new("a.csv", 3, Price(1, 11), Price(1, 12)), new("b.csv", 1, Price(1, 99)), new("c.csv", 2, Price(2, 5)));

        (await lake.TextAsync(Prices)).Should().Be("1,12.00,3; 2,5.00,2");
        (await lake.Bench.BooksAsync(plan, "price")).Should().Be("4/2/0/0/2/0/0/2");
    }

    [Fact]
    public async Task CopyUnderAnotherName_IsRecognised()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.TakeAsync("price-1", new TestDrop("b.csv", 2, Price(1, 10)));

        var plan = await lake.TakeAsync("price-2", new TestDrop("a.csv", 1, Price(1, 10)));

        plan.Drops.Should().BeEmpty();
        plan.Duplicates.Should().ContainSingle().Which.Of.Should().Be(new TestDrop("b.csv", 2, Price(1, 10)).Ref(lake.Contract).Id);
        (await lake.OutcomesAsync()).Should().Be("a.csv,1,duplicate; b.csv,2,loaded");
        (await lake.Bench.Ledger.FindAsync(plan.WorkId, Bench.None))!.Hops["staged"].Should().Be(0);
        (await lake.TextAsync("SELECT d.name, o.name FROM ops.drop_ledger d JOIN ops.drop_ledger o ON o.drop_id = d.duplicate_of")).Should().Be("a.csv,b.csv");
    }

    [Fact]
    public async Task PricesThatGoBack_AreNoDuplicateButNameWhatTheyRepeat()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.TakeAsync("price-1", new TestDrop("monday.csv", 1, Price(1, 10)));
        await lake.TakeAsync("price-2", new TestDrop("tuesday.csv", 2, Price(1, 20)));

        await lake.TakeAsync("price-3", new TestDrop("wednesday.csv", 3, Price(1, 10)));

        (await lake.TextAsync(Prices)).Should().Be("1,10.00,3");
        (await lake.TextAsync("SELECT d.name, d.outcome, o.name FROM ops.drop_ledger d JOIN ops.drop_ledger o ON o.drop_id = d.duplicate_of")).Should().Be("wednesday.csv,loaded,monday.csv");
    }

    [Fact]
    public async Task NameGivesValues_EqualBytesAreNoDuplicates()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price(named: true));
        await lake.TakeAsync("price-1", new TestDrop("b.csv", 2, Price(1, 10)));

        var plan = await lake.TakeAsync("price-2", new TestDrop("a.csv", 1, Price(1, 10)));

        plan.Duplicates.Should().BeEmpty();
        (await lake.OutcomesAsync()).Should().Be("a.csv,1,loaded; b.csv,2,loaded");
    }

    [Fact]
    public async Task DuplicateOfARefusedDrop_IsLeftToTheNextPlan()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(new TestDrop("a.csv", 1, Price(1, 10)) { IsTorn = true }, new TestDrop("b.csv", 2, Price(1, 10)) { IsTorn = true });
        var plan = await lake.PlanAsync("price-1");

        var audit = await lake.AuditAsync(plan);

        plan.Duplicates.Should().ContainSingle();
        audit.Drops!.Left.Should().Equal(plan.Duplicates[0].Drop.Id);
        await lake.LoadAsync(plan);
        (await lake.OutcomesAsync()).Should().Be("b.csv,2,refused");
        (await lake.PlanAsync("price-2")).Drops.Should().ContainSingle().Which.Name.Should().Be("a.csv");
    }

    [Fact]
    public async Task AllDropsRefused_TheLedgerSaysWhy()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price() with { RejectBudgetPercent = 0 });

        var plan = await lake.TakeAsync("price-1", new TestDrop("a'; DROP TABLE x--.csv", 1, Price(1, 10)) { IsTorn = true });

        (await lake.TextAsync("SELECT name, outcome, refusal_code, refusal_message, landed_rows FROM ops.drop_ledger"))
            .Should().Be("a'; DROP TABLE x--.csv,refused,torn,Found the end of the file in the middle of a record.,0");
        (await lake.Bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
        (await lake.PlanAsync("price-2")).Slices.Should().BeEmpty();
    }

    [Fact]
    public async Task TableRule_JudgesTheRunsThatTookADrop()
    {
        var price = DropSamples.Price();
        await using var lake = await DropLake.OpenAsync(price with { Tables = [price.Tables[0] with { Rules = [new("rowCount", [], "mustBeGreaterThan", [0m], false)] }] });

        await lake.TakeAsync("price-1", new TestDrop("torn.csv", 1) { IsTorn = true });
        var empty = () => lake.TakeAsync("price-2", new TestDrop("empty.csv", 2));

        await empty.Should().ThrowAsync<QualityRuleBrokenException>();
        (await lake.OutcomesAsync()).Should().Be("torn.csv,1,refused");
    }

    [Fact]
    public async Task SoftDeletedRow_StaysGoneWhenAnOlderFileComesLate()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price(softDelete: true));
        await lake.TakeAsync("price-1", new TestDrop("b.csv", 2, Price(1, 10), Price(2, 20)));
        var deletes = await lake.TakeAsync("price-2", new TestDrop("d.csv", 4, Price(1, 10, gone: true)));
        await lake.TakeAsync("price-3", new TestDrop("c.csv", 3, Price(1, 30), Price(2, 25)));

        (await lake.TextAsync(Prices)).Should().Be("2,25.00,3");
        (await lake.Bench.BooksAsync(deletes, "price")).Should().Be("1/0/0/0/0/1/0/0");
        await lake.TakeAsync("price-4", new TestDrop("e.csv", 5, Price(1, 50)));
        (await lake.TextAsync(Prices)).Should().Be("1,50.00,5; 2,25.00,3");
    }

    [Fact]
    public async Task RowOfADropThatIsNotLoaded_IsFound()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(new TestDrop("a.csv", 1, Price(1, 10)), new TestDrop("b.csv", 2, Price(2, 10)));
        var plan = await lake.PlanAsync("price-1");
        var audit = await lake.AuditAsync(plan);
        var other = await lake.AuditAsync(plan with { Execution = "price-9", Slices = [plan.Slices[0] with { Drops = [plan.Drops.First()] }] });

        var load = () => lake.Bench.Warehouse.ExecuteAsync(lake.Bench.Script(lake.Contract, plan, audit with { Drops = other.Drops }), Bench.None);

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("rows of no drop in price");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.drop_ledger")).Should().Be("0");
    }

    internal static DropRow Price(int sku, int amount, bool gone = false) =>
        new("price", string.Create(CultureInfo.InvariantCulture, $"{sku}, {amount}.00, {(gone ? "true" : "false")}"), amount);
}
