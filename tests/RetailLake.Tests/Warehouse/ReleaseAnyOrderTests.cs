using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Warehouse;

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>A contract that rejects some units and refuses some drops is corrected half way; what it kept back is released, in any order and some of it twice: the tables are those of a load that was right from the first.</summary>
public sealed class ReleaseAnyOrderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Feeds => [.. ByName.Keys];

    private static Dictionary<string, Contract> ByName { get; } = new()
    {
        ["rows"] = DropSamples.Price(),
        ["units by key"] = DropSamples.Bill(DropScope.Rows),
        ["units by file"] = DropSamples.Bill(DropScope.File),
        ["units by day"] = DropSamples.Bill(DropScope.Columns),
    };

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task CorrectedAndReleased_EndsAsTheModel(string feed)
    {
        var seeds = Soak.Random(output);
        for (var round = Soak.Count(20, 2); round > 0; round--)
        {
            var seed = seeds.Next();
            output.WriteLine($"seed {seed}");
            await CheckAsync(ByName[feed], seed);
        }
    }

    private static async Task CheckAsync(Contract contract, int seed)
    {
        var drops = new DropHistory(contract, seed).Make(9);
        var random = new Random(seed);
        await using var lake = await DropLake.OpenAsync(contract);
        var waiting = drops.ToArray();
        random.Shuffle(waiting);
        var early = waiting.Take(waiting.Length * 2 / 3).ToList();
        lake.Reading = Wrongly;
        var run = 0;
        foreach (var batch in early.Chunk(3))
        {
            await lake.TakeAsync($"{contract.Feed}-{++run}", batch);
        }

        lake.Reading = drop => drop;
        var mistaken = early.Where(drop => Wrongly(drop) != drop).ToArray();
        random.Shuffle(mistaken);
        var late = new Queue<TestDrop>(waiting.Skip(early.Count));
        List<RunPlan> plans = [];
        foreach (var batch in mistaken.Concat(mistaken.Take(2)).Chunk(2))
        {
            await lake.ReleaseAsync(await ReleasableAsync(lake, batch));
            await lake.ArriveAsync(late.TryDequeue(out var next) ? [next] : []);
            plans.Add(await lake.TakeWaitingAsync($"{contract.Feed}-{++run}"));
        }

        while (late.TryDequeue(out var next))
        {
            await lake.TakeAsync($"{contract.Feed}-{++run}", next);
        }

        await lake.TakeWaitingAsync($"{contract.Feed}-{++run}");
        foreach (var plan in plans.Where(plan => plan.Slices.Count > 0))
        {
            (await lake.Bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
        }

        (await lake.DumpAsync()).Should().Be(DropModel.Dump(contract, drops), "seed {0}", seed);
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.load_balance WHERE staged <> inserted + replaced + superseded + duplicate + held + deleted")).Should().Be("0");
        (await lake.TextAsync("SELECT COUNT(*) FROM (SELECT drop_id, release_number FROM ops.drop_ledger WHERE outcome <> 'released' GROUP BY ALL HAVING COUNT(*) > 1)")).Should().Be("0", "each release is told once");
    }

    /// <summary>Duplicates have no rows of their own.</summary>
    private static async Task<IEnumerable<TestDrop>> ReleasableAsync(DropLake lake, IEnumerable<TestDrop> drops)
    {
        List<TestDrop> found = [];
        foreach (var drop in drops.Distinct())
        {
            if ((await lake.Releases.NamedAsync(lake.Contract, drop.Ref(lake.Contract).Id, Bench.None)) is [{ Outcome: not DropOutcome.Duplicate }])
            {
                found.Add(drop);
            }
        }

        return found;
    }

    /// <summary>By content alone, as a contract does: every third unit is rejected, some drops are refused.</summary>
    private static TestDrop Wrongly(TestDrop drop)
    {
        var read = drop.Rows.Where(row => DropHistory.Number(row) % 3 != 0).ToList();
        return drop.Rows.Count % 4 == 3 ? drop with { IsTorn = true } : read.Count == drop.Rows.Count ? drop : drop with { Rows = read };
    }
}
