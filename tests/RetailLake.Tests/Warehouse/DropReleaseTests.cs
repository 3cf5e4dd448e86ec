using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Warehouse;

/// <summary>Drops that are released are loaded once more, and leave what a clean load leaves; nothing is lost or doubled, whoever comes again or in between.</summary>
public sealed class DropReleaseTests
{
    private const string Bills = "SELECT no, amount, _version FROM crt.bill ORDER BY 1";
    private const string Ledger = "SELECT name, release_number, outcome, execution, released_by FROM ops.drop_ledger ORDER BY name, release_number, outcome DESC";
    private static readonly TestDrop Two = new("a.txt", 1, [.. DropScopeTests.Bill(1, 2), .. DropScopeTests.Bill(2, 2)]);

    public static TheoryData<DropScope> Scopes => [.. Enum.GetValues<DropScope>()];

    [Fact]
    public async Task RefusedDrop_IsLoadedOnceAndTheLedgerShowsIt()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        lake.Reading = drop => drop with { IsTorn = true };
        await lake.TakeAsync("bill-1", Two);
        lake.Reading = drop => drop;

        (await lake.ReleaseAsync(Two)).Should().ContainSingle().Which.RecordId.Should().Be($"{Two.Ref(lake.Contract).Id}.1");
        var plan = await lake.TakeWaitingAsync("bill-2");

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,1; 2,2.00,1");
        (await lake.TextAsync(Ledger)).Should().Be("a.txt,0,refused,bill-1,; a.txt,1,released,bill-1,asha; a.txt,1,loaded,bill-2,");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("2/2/0/0/0/0/0/2");
        (await lake.PlanAsync("bill-3")).Slices.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task RejectedRows_AppearAndWhatWasPublishedStaysSingle(DropScope scope)
    {
        await using var clean = await DropLake.OpenAsync(DropSamples.Bill(scope));
        await clean.TakeAsync("bill-1", Two);
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(scope));
        lake.Reading = drop => drop with { Rows = DropScopeTests.Bill(1, 2) };
        await lake.TakeAsync("bill-1", Two);
        lake.Reading = drop => drop;

        await lake.ReleaseAsync(Two);
        var plan = await lake.TakeWaitingAsync("bill-2");
        await lake.ReleaseAsync(Two);
        var again = await lake.TakeWaitingAsync("bill-3");

        (await lake.DumpAsync()).Should().Be(await clean.DumpAsync());
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("2/1/1/0/0/0/0/2");
        (await lake.Bench.BooksAsync(again, "bill")).Should().Be("2/0/2/0/0/0/0/2");
        new[] { plan.WorkId, again.WorkId }.Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task RowThatWasReadWrongly_Disappears(DropScope scope)
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(scope));
        lake.Reading = drop => drop.Name == Two.Name ? drop with { Rows = [.. DropScopeTests.Bill(1, 2), .. DropScopeTests.Bill(77, 2)] } : drop;
        await lake.TakeAsync("bill-1", Two, new("other.txt", 9, DropScopeTests.Bill(5, 1, day: 2)));
        lake.Reading = drop => drop;

        await lake.ReleaseAsync(Two);
        var plan = await lake.TakeWaitingAsync("bill-2");

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,1; 2,2.00,1; 5,5.00,9");
        (await lake.TextAsync("SELECT COUNT(*), COUNT(*) FILTER (no = 77) FROM crt.line")).Should().Be("5,0");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("2/1/1/0/0/0/1/2");
        (await lake.TextAsync("SELECT DISTINCT _op, no FROM ops.export_outbox_crt_line WHERE _sequence = 2 ORDER BY ALL")).Should().Be("D,77; U,1; U,2");
    }

    /// <summary>The contract took another column for the number. What each drop says now counts, not what one of them said before.</summary>
    [Theory]
    [InlineData(DropScope.Rows)]
    [InlineData(DropScope.File)]
    public async Task KeysThatWereReadWrongly_AreNotLostBetweenTwoReleases(DropScope scope)
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(scope));
        TestDrop early = new("a.txt", 3, DropScopeTests.Bill(2, 1)), late = new("b.txt", 5, DropScopeTests.Bill(7, 2));
        lake.Reading = drop => drop with { Rows = drop == early ? DropScopeTests.Bill(1, 1) : DropScopeTests.Bill(2, 2) };
        await lake.TakeAsync("bill-1", early, late);
        lake.Reading = drop => drop;

        await lake.ReleaseAsync(early, late);
        var plan = await lake.TakeWaitingAsync("bill-2");

        (await lake.TextAsync(Bills)).Should().Be("2,2.00,3; 7,7.00,5");
        (await lake.TextAsync("SELECT no, COUNT(*) FROM crt.line GROUP BY no ORDER BY no")).Should().Be("2,1; 7,2");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("2/1/1/0/0/0/1/2");
    }

    [Fact]
    public async Task DeletionThatWasReadWrongly_KeepsNothingOut()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price(softDelete: true));
        TestDrop early = new("a.csv", 3, DropLoadTests.Price(1, 10), DropLoadTests.Price(2, 20)), late = new("b.csv", 5, DropLoadTests.Price(9, 90));
        lake.Reading = drop => drop == late ? drop with { Rows = [DropLoadTests.Price(1, 10, gone: true)] } : drop;
        await lake.TakeAsync("price-1", early);
        await lake.TakeAsync("price-2", late);
        (await lake.TextAsync("SELECT sku FROM gp.price")).Should().Be("2");
        lake.Reading = drop => drop;

        await lake.ReleaseAsync(late);
        await lake.TakeWaitingAsync("price-3");
        await lake.ReleaseAsync(early);
        await lake.TakeWaitingAsync("price-4");

        (await lake.TextAsync("SELECT sku, amount FROM gp.price ORDER BY sku")).Should().Be("1,10.00; 2,20.00; 9,90.00");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.tombstone_gp_price")).Should().Be("0");
    }

    [Theory]
    [InlineData(DropScope.File, "superseded")]
    [InlineData(DropScope.Columns, "loaded")]
    [InlineData(DropScope.Rows, "loaded")]
    public async Task NewerVersionIsPublished_ItStays(DropScope scope, string outcome)
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(scope));
        lake.Reading = drop => drop with { IsTorn = drop == Two };
        await lake.TakeAsync("bill-1", Two);
        await lake.TakeAsync("bill-2", Two with { Version = 2, Rows = [.. DropScopeTests.Bill(1, 1), .. DropScopeTests.Bill(2, 1)] });
        var before = await lake.DumpAsync();
        lake.Reading = drop => drop;

        await lake.ReleaseAsync(Two);
        var plan = await lake.TakeWaitingAsync("bill-3");

        (await lake.DumpAsync()).Should().Be(before);
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("2/0/0/2/0/0/0/0");
        (await lake.TextAsync("SELECT outcome FROM ops.drop_ledger WHERE release_number = 1 AND outcome <> 'released'")).Should().Be(outcome);
    }

    [Fact]
    public async Task RefusedAgain_ChangesNothingAndMayBeReleasedAgain()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        await lake.TakeAsync("bill-1", Two);
        var before = await lake.DumpAsync();
        lake.Reading = drop => drop with { IsTorn = true };

        await lake.ReleaseAsync(Two);
        await lake.TakeWaitingAsync("bill-2");

        (await lake.DumpAsync()).Should().Be(before);
        (await lake.ReleaseAsync(Two)).Single().Release.Should().Be(2);
    }

    [Fact]
    public async Task ReleasedTwiceBeforeItsLoad_IsOneRelease()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        await lake.TakeAsync("bill-1", Two);

        var releases = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            while (true)
            {
                try
                {
                    return (await lake.ReleaseAsync(Two)).Single().Release;
                }
                catch (ReleaseRefusedException e) when (e.Found.Contains("writes just now", StringComparison.Ordinal))
                {
                    await Task.Yield();
                }
            }
        }));

        releases.Should().AllBeEquivalentTo(1);
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.drop_ledger WHERE outcome = 'released'")).Should().Be("1");
        (await lake.TakeWaitingAsync("bill-2")).Drops.Should().ContainSingle();
        (await lake.ReleaseAsync(Two)).Single().Release.Should().Be(2);
    }

    [Fact]
    public async Task KilledBetweenLedgerAndRecord_ReleaseAgainWritesTheRecord()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        await lake.TakeAsync("bill-1", Two);
        var released = (await lake.ReleaseAsync(Two)).Single();
        await DropRecords.DeleteAsync(lake.Lake, "crt", "bill", released.RecordId, Bench.None);
        var reports = new DropReports(lake.Lake, lake.Bench.Warehouse, new([lake.Contract]));

        (await lake.PlanAsync("bill-2")).Slices.Should().BeEmpty();
        (await reports.ListAsync("crt", 50, Bench.None)).Select(drop => (drop.State, drop.ReleasedBy)).Should().Equal(("released", "asha"));
        (await lake.ReleaseAsync(Two)).Single().Release.Should().Be(1);

        (await reports.ListAsync("crt", 50, Bench.None)).Select(drop => (drop.State, drop.Releases)).Should().Equal(("pending", 1));
        (await lake.TakeWaitingAsync("bill-3")).Drops.Should().ContainSingle();
        (await reports.ListAsync("crt", 50, Bench.None)).Select(drop => (drop.State, drop.Releases, drop.ReleasedBy)).Should().Equal(("loaded", 1, "asha"));
    }

    [Fact]
    public async Task RecordThatNobodyReleased_IsNeitherPlannedNorWakes()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        var plan = await lake.TakeAsync("bill-1", Two);
        foreach (var release in new[] { 1, 2, 999_999_999 })
        {
            await DropRecords.WriteAsync(lake.Lake, new(plan.Drops.Single() with { Release = release }, "crt.bill", "forged", Bench.Start), Bench.None);
        }

        (await lake.PlanAsync("bill-2")).Slices.Should().BeEmpty();
        (await new PendingDrops(lake.Lake, lake.Bench.Warehouse).AnyAsync(lake.Contract, Bench.None)).Should().BeFalse();
    }

    [Fact]
    public async Task OlderExecutionsRedriven_DoNothing()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        await lake.ArriveAsync(Two);
        var zero = await lake.PlanAsync("bill-0");
        await lake.ArriveAsync(new TestDrop("b.txt", 1, DropScopeTests.Bill(3, 1)));
        lake.Reading = drop => drop with { Rows = [.. drop.Rows.Where(row => row.Table != "tender")] };
        var first = await lake.TakeWaitingAsync("bill-1");
        lake.Reading = drop => drop;
        await lake.ReleaseAsync(Two);
        var second = await lake.PlanAsync("bill-2");
        var third = await lake.PlanAsync("bill-3");
        await lake.LoadAsync(second);
        var dump = await lake.DumpAsync();

        foreach (var (plan, outcome) in new[] { (zero, LoadOutcome.Superseded), (first, LoadOutcome.Loaded), (third, LoadOutcome.AlreadyLoaded) })
        {
            var redriven = () => lake.LoadAsync(plan);
            (await lake.Bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(outcome);
            await redriven.Should().ThrowAsync<LoadFailedException>();
        }

        (await lake.DumpAsync()).Should().Be(dump).And.Contain("tender");
    }

    [Fact]
    public async Task ReleaseInTwoPlans_IsLoadedByOne()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.Columns));
        await lake.TakeAsync("bill-1", Two);
        await lake.ReleaseAsync(Two);
        var first = await lake.PlanAsync("bill-2");
        await lake.ArriveAsync(new TestDrop("b.txt", 1, DropScopeTests.Bill(3, 1, day: 2)));
        var both = await lake.PlanAsync("bill-3");
        await lake.LoadAsync(first);

        await lake.LoadAsync(both);

        (await lake.Bench.BooksAsync(both, "bill")).Should().Be("3/1/0/2/0/0/0/1");
        (await lake.TextAsync("SELECT no, _run FROM crt.bill ORDER BY 1")).Should().Be("1,2; 2,2; 3,3");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.drop_ledger WHERE name = 'a.txt' AND outcome = 'loaded'")).Should().Be("2");
    }

    /// <summary>Days and months mistaken: the day that the drop was wrongly read to be about must not stay shut to the drop that is about it.</summary>
    [Fact]
    public async Task WrongDayOfAMisreadDrop_IsOpenAgain()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.Columns));
        var late = new TestDrop("b.txt", 3, DropScopeTests.Bill(3, 1, day: 2));
        var misread = new TestDrop("a.txt", 5, DropScopeTests.Bill(1, 2));
        lake.Reading = drop => drop == misread ? drop with { Rows = DropScopeTests.Bill(1, 2, day: 2) } : drop;
        await lake.TakeAsync("bill-1", misread);
        lake.Reading = drop => drop;
        await lake.ReleaseAsync(misread);
        await lake.TakeWaitingAsync("bill-2");

        await lake.TakeAsync("bill-3", late);

        (await lake.TextAsync("SELECT no, day, _version FROM crt.bill ORDER BY 1")).Should().MatchRegex("^1,.*11/01.*,5; 3,.*11/02.*,3$");
    }

    [Fact]
    public async Task LandedBytesAreGone_NothingIsReleased()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        await lake.TakeAsync("bill-1", Two);
        File.Delete(Path.Combine(lake.Bench.Home, Two.Ref(lake.Contract).Object.Key));

        var release = () => lake.ReleaseAsync(Two);

        (await release.Should().ThrowAsync<ReleaseRefusedException>()).Which.Found.Should().Contain("no object").And.Contain("drop=");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.drop_ledger")).Should().Be("1");
    }

    [Fact]
    public async Task LedgerOfBeforeReleases_IsMigratedAndGoesOn()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.File));
        await lake.TakeAsync("bill-1", Two);
        await lake.Bench.Warehouse.ExecuteAsync(["ALTER TABLE ops.drop_ledger DROP COLUMN release_number", "ALTER TABLE ops.drop_ledger DROP COLUMN released_by"], Bench.None);
        (await new DropReports(lake.Lake, lake.Bench.Warehouse, new([lake.Contract])).ListAsync(null, 50, Bench.None)).Should().BeEmpty();

        await MigrationScript.RunAsync(lake.Bench.Warehouse, [lake.Contract], Bench.None);
        await lake.ArriveAsync(Two);
        (await lake.PlanAsync("bill-2")).Slices.Should().BeEmpty();
        (await lake.ReleaseAsync(Two)).Single().Release.Should().Be(1);
        await lake.TakeWaitingAsync("bill-3");

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,1; 2,2.00,1");
        (await lake.TextAsync(Ledger)).Should().Be("a.txt,1,released,bill-1,asha; a.txt,1,loaded,bill-3,; a.txt,,loaded,bill-1,");
    }

    [Fact]
    public async Task CopyOfAReleasedDrop_IsNoReasonToLeaveItOut()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Price());
        var old = new TestDrop("a.csv", 1, DropLoadTests.Price(1, 10));
        await lake.TakeAsync("price-1", old);
        await lake.TakeAsync("price-2", old with { Name = "b.csv", Version = 2 });

        await lake.ReleaseAsync(old);
        var plan = await lake.TakeWaitingAsync("price-3");

        plan.Drops.Should().ContainSingle().Which.Release.Should().Be(1);
        (await lake.TextAsync("SELECT sku, _version FROM gp.price")).Should().Be("1,2");
    }
}
