using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse;

/// <summary>One table, windows: who is published and what the books say.</summary>
public sealed class LoadTests
{
    private const string Ids = "SELECT id, points, _run FROM crm.customer ORDER BY id";
    private static readonly Contract Customer = Samples.Customer();

    [Fact]
    public async Task CleanLoad_PublishesRowsAndLedger()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1);

        await bench.LoadAsync(Customer, plan, Rows("(1, 't1', 10, 'Pune', '2026-11-21 05:00:00', NULL), (2, 't2', 5, NULL, '2026-11-21 05:00:01', NULL)"));

        (await bench.TextAsync("SELECT id, mobile, points, city, _run FROM crm.customer ORDER BY id")).Should().Be("1,t1,10,Pune,1; 2,t2,5,,1");
        (await bench.BooksAsync(plan, "customer")).Should().Be("2/2/0/0/0/0/0/2");
        (await bench.BooksAsync(plan, "customer", "points")).Should().Be("15/15/0/0/0/0/0/15");
        var row = (await bench.Ledger.FindAsync(plan.WorkId, Bench.None))!;
        row.Hops["published"].Should().Be(2);
        row.WindowHi.Should().Be(plan.Window!.Hi);
        row.LoadedAt.Should().Be(Bench.Start.AddHours(1));
        (await bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
        (await bench.Ledger.CoveredAsync(Customer.Id, Bench.None)).Should().ContainSingle().Which.Lo.Should().BeNull();
    }

    [Fact]
    public async Task ChangedRows_ReplaceTheOld()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        await bench.LoadAsync(Customer, Bench.Plan(Customer, 1), Rows("(1, 't1', 10, 'Pune', '2026-11-21 05:00:00', NULL), (2, 't2', 5, NULL, '2026-11-21 05:00:01', NULL)"));
        var plan = Bench.Plan(Customer, 2, 10, 20);

        await bench.LoadAsync(Customer, plan, Rows("(2, 't2', 7, NULL, '2026-11-21 17:00:00', NULL), (3, 't3', 1, NULL, '2026-11-21 17:00:01', NULL)"));

        (await bench.TextAsync(Ids)).Should().Be("1,10,1; 2,7,2; 3,1,2");
        (await bench.BooksAsync(plan, "customer")).Should().Be("2/1/1/0/0/0/0/2");
        (await bench.BooksAsync(plan, "customer", "points")).Should().Be("8/1/7/0/0/0/0/8");
    }

    [Fact]
    public async Task SameWorkTwice_LoadsOnce()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1, workId: "w");
        await bench.LoadAsync(Customer, plan, Rows("(1, 't1', 10, 'Pune', '2026-11-21 05:00:00', NULL)"));
        var other = Bench.Plan(Customer, 2, workId: "w");

        var again = () => bench.LoadAsync(Customer, other, Rows("(1, 't1', 99, 'Pune', '2026-11-21 05:00:00', NULL)"));

        (await again.Should().ThrowAsync<LoadFailedException>()).Which.Found.Should().Contain("already");
        (await bench.TextAsync(Ids)).Should().Be("1,10,1");
        (await bench.Ledger.DecideAsync(other, Bench.None)).Should().Be(LoadOutcome.AlreadyLoaded);
        (await bench.TextAsync("SELECT COUNT(*) FROM ops.load_ledger")).Should().Be("1");
    }

    [Fact]
    public async Task TwoLoadsAtTheSameMoment_OneWinsTheOtherConflicts()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var first = Bench.Plan(Customer, 1);
        var second = Bench.Plan(Customer, 2, 10, 20);
        var started = bench.Script(Customer, first, bench.Audit(Customer, first, Rows("(1, 't1', 1, 'Pune', '2026-11-21 05:00:00', NULL)")));
        var other = bench.Script(Customer, second, bench.Audit(Customer, second, Rows("(1, 't1', 2, 'Pune', '2026-11-21 17:00:00', NULL)")));

        // Both take the lock row before either commits: the second of them must fail at its first statement.
        using var connection = new DuckDB.NET.Data.DuckDBConnection($"Data Source={bench.Options.Database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; " + started[0];
        command.ExecuteNonQuery();
        var overlapping = () => bench.Warehouse.ExecuteAsync(other, Bench.None);
        await overlapping.Should().ThrowAsync<LoadConflictException>();
        foreach (var statement in started.Skip(1).Append("COMMIT"))
        {
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        await bench.Warehouse.ExecuteAsync(other, Bench.None);

        (await bench.TextAsync(Ids)).Should().Be("1,2,2");
        (await bench.TextAsync("SELECT COUNT(*) FROM ops.load_ledger")).Should().Be("2");
    }

    [Fact]
    public async Task OvertakenWindow_LoadsNothing()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var late = Bench.Plan(Customer, 1, 0, 10);
        await bench.LoadAsync(Customer, Bench.Plan(Customer, 2, 0, 20), Rows("(1, 't1', 2, 'Pune', '2026-11-21 17:00:00', NULL)"));

        var load = () => bench.LoadAsync(Customer, late, Rows("(1, 't1', 1, 'Pune', '2026-11-21 05:00:00', NULL), (9, 't9', 1, 'Pune', '2026-11-21 05:00:00', NULL)"));

        (await load.Should().ThrowAsync<LoadFailedException>()).Which.Found.Should().Contain("later load");
        (await bench.TextAsync(Ids)).Should().Be("1,2,2");
        (await bench.Ledger.DecideAsync(late, Bench.None)).Should().Be(LoadOutcome.Superseded);
    }

    [Fact]
    public async Task OlderRowOfAnotherWindow_IsSuperseded()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        await bench.LoadAsync(Customer, Bench.Plan(Customer, 2, 10, 20), Rows("(1, 't1', 2, 'Pune', '2026-11-21 17:00:00', NULL)"));
        var late = Bench.Plan(Customer, 1, 0, 10);

        await bench.LoadAsync(Customer, late, Rows("(1, 't1', 1, 'Pune', '2026-11-21 05:00:00', NULL), (9, 't9', 4, 'Pune', '2026-11-21 05:00:00', NULL)"));

        (await bench.TextAsync(Ids)).Should().Be("1,2,2; 9,4,1");
        (await bench.BooksAsync(late, "customer")).Should().Be("2/1/0/1/0/0/0/1");
        (await bench.BooksAsync(late, "customer", "points")).Should().Be("5/4/0/1/0/0/0/4");
    }

    [Fact]
    public async Task KeyTwiceInTheStage_LatestIsKeptAndTheOtherCounted()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1);

        await bench.LoadAsync(Customer, plan, Rows(
            "(1, 't1', 3, 'Pune', '2026-11-21 05:00:00', NULL), (1, 't1', 4, 'Agra', '2026-11-21 05:00:09', NULL), (1, 't1', 4, 'Agra', '2026-11-21 05:00:09', NULL), (2, 't2', 1, NULL, '2026-11-21 05:00:00', NULL)"));

        (await bench.TextAsync(Ids)).Should().Be("1,4,1; 2,1,1");
        (await bench.BooksAsync(plan, "customer")).Should().Be("4/2/0/0/2/0/0/2");
        (await bench.BooksAsync(plan, "customer", "points")).Should().Be("12/5/0/0/7/0/0/5");
    }

    [Fact]
    public async Task SoftDeletedRow_LeavesAndDoesNotComeBackWithALateLoad()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        await bench.LoadAsync(Customer, Bench.Plan(Customer, 1, 0, 5), Rows("(1, 't1', 1, 'Pune', '2026-11-21 05:00:00', NULL), (2, 't2', 1, NULL, '2026-11-21 05:00:00', NULL)"));
        var plan = Bench.Plan(Customer, 3, 10, 20);

        await bench.LoadAsync(Customer, plan, Rows("(1, 't1', 1, 'Pune', '2026-11-21 17:00:00', '2026-11-21 17:00:00')"));
        var late = Bench.Plan(Customer, 2, 5, 10);
        await bench.LoadAsync(Customer, late, Rows("(1, 't1', 8, 'Pune', '2026-11-21 11:30:00', NULL)"));

        (await bench.TextAsync(Ids)).Should().Be("2,1,1");
        (await bench.BooksAsync(plan, "customer")).Should().Be("1/0/0/0/0/1/0/0");
        (await bench.BooksAsync(late, "customer")).Should().Be("1/0/0/1/0/0/0/0");
    }

    [Fact]
    public async Task DeletedRow_ComesBackWithALaterLoad()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        await bench.LoadAsync(Customer, Bench.Plan(Customer, 1, 0, 5), Rows("(1, 't1', 1, 'Pune', '2026-11-21 05:00:00', '2026-11-21 05:00:00')"));

        await bench.LoadAsync(Customer, Bench.Plan(Customer, 2, 5, 10), Rows("(1, 't1', 2, 'Pune', '2026-11-21 12:00:00', NULL)"));

        (await bench.TextAsync(Ids)).Should().Be("1,2,2");
    }

    [Fact]
    public async Task EmptyWindow_IsRecordedInTheLedger()
    {
        await using var bench = await Bench.MigratedAsync(Customer);
        var plan = Bench.Plan(Customer, 1);

        await bench.LoadAsync(Customer, plan, new Dictionary<string, string>());

        (await bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
        (await bench.BooksAsync(plan, "customer")).Should().Be("0/0/0/0/0/0/0/0");
    }

    private static Dictionary<string, string> Rows(string rows) => new() { ["customer"] = rows };
}
