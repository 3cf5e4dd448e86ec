using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Warehouse;

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>Drops in any order, any grouping, some twice, by executions that overlap: the tables are those of the model, and the books balance each time.</summary>
public sealed class DropAnyOrderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Feeds => [.. ByName.Keys];

    private static Dictionary<string, Contract> ByName { get; } = new()
    {
        ["rows"] = DropSamples.Price(),
        ["rows, soft-deleted"] = DropSamples.Price(softDelete: true),
        ["units by key"] = DropSamples.Bill(DropScope.Rows),
        ["units by file"] = DropSamples.Bill(DropScope.File),
        ["units by day"] = DropSamples.Bill(DropScope.Columns),
        ["units by day, told by headers"] = DropSamples.Bill(DropScope.Columns, isTold: true),
    };

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task ShuffledDrops_EndAsTheModel(string feed)
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
        RunPlan? held = null;
        for (var (next, run) = (0, 1); next < waiting.Length || held is not null; run++)
        {
            var batch = waiting.Skip(next).Take(1 + random.Next(4)).ToList();
            next += batch.Count;

            // Some are sent again; some plans wait while another execution takes the same drops and more.
            await lake.ArriveAsync(batch.Concat(waiting.Take(next).Where(_ => random.Next(6) == 0)));
            var plan = await lake.PlanAsync($"{contract.Feed}-{run}");
            if (plan.Slices.Count > 0 && held is null && random.Next(3) == 0 && next < waiting.Length)
            {
                held = plan;
                continue;
            }

            await LoadAsync(lake, plan);
            if (held is not null && (next >= waiting.Length || random.Next(2) == 0))
            {
                await LoadAsync(lake, held);
                held = null;
            }
        }

        // Duplicates whose original turned out to be refused, and whatever else was left.
        await LoadAsync(lake, await lake.PlanAsync($"{contract.Feed}-99"));
        (await lake.DumpAsync()).Should().Be(DropModel.Dump(contract, drops), "seed {0}", seed);
        (await lake.TextAsync("SELECT COUNT(*), COUNT(DISTINCT drop_id) FROM ops.drop_ledger")).Should().Be($"{drops.Count},{drops.Count}", "seed {0}", seed);
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.load_balance WHERE staged <> inserted + replaced + superseded + duplicate + held + deleted")).Should().Be("0");
        await PublishedAsync(lake);
    }

    private static async Task LoadAsync(DropLake lake, RunPlan plan)
    {
        if (plan.Slices.Count == 0)
        {
            return;
        }

        var outcome = await lake.Bench.Ledger.DecideAsync(plan, Bench.None);
        var load = () => lake.LoadAsync(plan);
        if (outcome == LoadOutcome.NotThere)
        {
            await load();
            (await lake.Bench.Ledger.DecideAsync(plan, Bench.None)).Should().Be(LoadOutcome.Loaded);
        }
        else
        {
            outcome.Should().BeOneOf(LoadOutcome.Superseded, LoadOutcome.AlreadyLoaded);
            await load.Should().ThrowAsync<LoadFailedException>();
        }
    }

    /// <summary>Over all loads: what came in less what went out is what is there.</summary>
    private static async Task PublishedAsync(DropLake lake)
    {
        foreach (var table in lake.Contract.Tables)
        {
            var there = await lake.TextAsync($"SELECT COUNT(*) FROM {lake.Contract.Source}.\"{table.Name}\"");
            if (lake.Contract.Parent.SoftDeleteColumn is null)
            {
                (await lake.TextAsync($"SELECT CAST(COALESCE(SUM(inserted - swept), 0) AS BIGINT) FROM ops.load_balance WHERE table_name = '{table.Name}' AND measure = 'rows'")).Should().Be(there, table.Name);
            }
        }

        if (lake.Contract.Manthan is not null)
        {
            // A receiver that applies the exports in sequence has the table.
            (await lake.TextAsync(
                """
                SELECT COUNT(*), COALESCE(SUM(net), 0) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY no, line ORDER BY _sequence DESC, _op DESC) AS n FROM ops.export_outbox_crt_line) WHERE n = 1 AND _op = 'U'
                """)).Should().Be(await lake.TextAsync("SELECT COUNT(*), COALESCE(SUM(net), 0) FROM crt.line"));
        }
    }
}
