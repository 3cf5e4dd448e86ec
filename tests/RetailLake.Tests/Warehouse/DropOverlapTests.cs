using RetailLake.Core.Errors;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse;

/// <summary>Executions that plan the same drops: each drop is told to the ledger once, and its rows are loaded once.</summary>
public sealed class DropOverlapTests
{
    private const string Prices = "SELECT sku, amount, _version, _run FROM gp.price ORDER BY 1";
    private static readonly TestDrop A = new("a.csv", 1, DropLoadTests.Price(1, 10));
    private static readonly TestDrop B = new("b.csv", 2, DropLoadTests.Price(2, 20));

    [Fact]
    public async Task RedrivenExecutionWhoseDropsAreLoaded_DoesNothing()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(A);
        var first = await lake.PlanAsync("price-1");
        await lake.ArriveAsync(B);
        var second = await lake.PlanAsync("price-2");
        await lake.LoadAsync(second);

        var redriven = () => lake.LoadAsync(first);

        (await redriven.Should().ThrowAsync<LoadFailedException>()).Which.Found.Should().Contain("covers this work");
        (await lake.Bench.Ledger.DecideAsync(first, Bench.None)).Should().Be(LoadOutcome.Superseded);
        (await lake.TextAsync(Prices)).Should().Be("1,10.00,1,2; 2,20.00,2,2");
        (await lake.TextAsync("SELECT name, execution FROM ops.drop_ledger ORDER BY 1")).Should().Be("a.csv,price-2; b.csv,price-2");
    }

    [Fact]
    public async Task PartlyLoaded_LoadsTheRestAndCountsTheOthersAsSuperseded()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(A);
        var first = await lake.PlanAsync("price-1");
        await lake.ArriveAsync(B);
        var second = await lake.PlanAsync("price-2");
        await lake.LoadAsync(first);

        await lake.LoadAsync(second);

        (await lake.TextAsync(Prices)).Should().Be("1,10.00,1,1; 2,20.00,2,2");
        (await lake.Bench.BooksAsync(second, "price")).Should().Be("2/1/0/1/0/0/0/1");
        (await lake.TextAsync("SELECT name, execution FROM ops.drop_ledger ORDER BY 1")).Should().Be("a.csv,price-1; b.csv,price-2");
    }

    [Fact]
    public async Task SameDropsPlannedTwice_AreTheSameWork()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(B, A);
        var first = await lake.PlanAsync("price-1");
        var second = await lake.PlanAsync("price-2");
        await lake.LoadAsync(first);

        var again = () => lake.LoadAsync(second);

        await again.Should().ThrowAsync<LoadFailedException>();
        second.WorkId.Should().Be(first.WorkId).And.MatchRegex("^gp\\.price/drops-[0-9a-f]{32}$");
        (await lake.Bench.Ledger.DecideAsync(second, Bench.None)).Should().Be(LoadOutcome.AlreadyLoaded);
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.load_ledger")).Should().Be("1");
    }

    [Fact]
    public async Task TwoLoadsAtTheSameMoment_OneConflictsAndThenLoadsTheRest()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(A);
        var first = await lake.ScriptAsync(await lake.PlanAsync("price-1"));
        await lake.ArriveAsync(B);
        var second = await lake.ScriptAsync(await lake.PlanAsync("price-2"));
        using var connection = new DuckDB.NET.Data.DuckDBConnection($"Data Source={lake.Bench.Options.Database}");
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (var statement in (IEnumerable<string>)["BEGIN", .. first.Take(first.Count - 3)])
        {
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        var overlapping = () => lake.Bench.Warehouse.ExecuteAsync(second, Bench.None);
        await overlapping.Should().ThrowAsync<LoadConflictException>();
        foreach (var statement in first.Skip(first.Count - 3).Append("COMMIT"))
        {
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        await overlapping();

        (await lake.TextAsync(Prices)).Should().Be("1,10.00,1,1; 2,20.00,2,2");
        (await lake.TextAsync("SELECT name, execution FROM ops.drop_ledger ORDER BY 1")).Should().Be("a.csv,price-1; b.csv,price-2");
    }

    [Fact]
    public async Task AnyStatementFails_LedgerAndTablesAreAsTheyWere()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price(softDelete: true));
        await lake.ArriveAsync(A, B);
        var script = await lake.ScriptAsync(await lake.PlanAsync("price-1"));
        for (var count = 1; count <= script.Count; count++)
        {
            var broken = () => lake.Bench.Warehouse.ExecuteAsync([.. script.Take(count), "SELECT CAST('Ravi' AS INTEGER)"], Bench.None);
            await broken.Should().ThrowAsync<LoadFailedException>();
        }

        (await lake.TextAsync("SELECT (SELECT COUNT(*) FROM gp.price), (SELECT COUNT(*) FROM ops.drop_ledger), (SELECT COUNT(*) FROM ops.load_ledger)")).Should().Be("0,0,0");
        await lake.Bench.Warehouse.ExecuteAsync(script, Bench.None);
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.drop_ledger")).Should().Be("2");
    }

    [Fact]
    public async Task RecordThatOutlivedItsLoad_IsNotPlannedButNamed()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.TakeAsync("price-1", A);
        await lake.ArriveAsync(A);

        (await lake.PlanAsync("price-2")).Slices.Should().BeEmpty();
        await lake.ArriveAsync(B);
        var plan = await lake.PlanAsync("price-3");

        plan.Drops.Select(drop => drop.Name).Should().Equal("b.csv");
        plan.Leftovers.Should().Equal(A.Ref(lake.Contract).Id);
    }

    [Fact]
    public async Task Drops_AreSlicedByBytesInTheOrderOfTheirVersions()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(new("c.csv", 3, DropLoadTests.Price(1, 30)), A, B, new("big.csv", 4, [.. Enumerable.Range(1, 9).Select(sku => DropLoadTests.Price(sku, 5))]));

        var plan = await lake.PlanAsync("price-1");

        // 45 bytes to a slice; each of the small ones has 21, and no drop is ever cut.
        plan.Slices.Select(slice => string.Join('+', slice.Drops!.Select(drop => drop.Name))).Should().Equal("a.csv+b.csv", "c.csv", "big.csv");
        plan.Slices.Select(slice => slice.ExpectedRows).Should().Equal(plan.Slices.Select(slice => slice.Drops!.Sum(drop => drop.Object.Bytes)));
        await lake.LoadAsync(plan);
        (await lake.TextAsync("SELECT COUNT(*), SUM(amount) FROM gp.price")).Should().Be("9,45");
    }

    [Fact]
    public async Task ManifestThatLeavesADropOut_IsFound()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        await lake.ArriveAsync(A, B);
        var plan = await lake.PlanAsync("price-1");
        var (landed, _) = await lake.Lake.WriteOnceAsync(RunKeys.Of(plan).Landed(1), new LandedManifest(1, [], [], []) { Drops = [] }, Bench.None);

        var audit = () => lake.AuditAsync(plan);

        landed.Drops.Should().BeEmpty();
        (await audit.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("0 drops").And.Contain("lists 2");
    }

    [Fact]
    public void EqualDrops_GiveEqualBytes()
    {
        var drop = A.Ref(DropSamples.Price()) with { Name = new string('é', 700) + "\0", DeclaredRows = 3 };
        List<DropOutcome> outcomes = [new(drop, DropOutcome.Loaded, null, null, 1, 0), new(drop, DropOutcome.Refused, new("torn", "Found\0 it."), null, 0, 0)];

        DropStage.ToBytes(outcomes, []).Should().Equal(DropStage.ToBytes(outcomes, []));
    }
}
