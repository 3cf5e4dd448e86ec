using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Scenarios;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Streams.Loading;

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>
/// Records of any history, produced in any order, cut into segments anywhere, some delivered twice, by executions that overlap: the tables are those of the model,
/// the books balance each time, and no unit is ever torn.
/// </summary>
public sealed class StreamAnyOrderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Feeds => [.. ByName.Keys];

    private static Dictionary<string, (Contract Contract, Func<Contract, Random, int, StreamHistory> Make)> ByName { get; } = new()
    {
        ["documents"] = (StreamSamples.Bill(), (contract, random, size) => new StreamHistory(contract, random).MakeBills(size, 1 + (size / 6))),
        ["rows"] = (StreamSamples.Points(), (contract, random, size) => new StreamHistory(contract, random).MakePoints(size, 1 + (size / 6))),
        ["held units"] = (StreamSamples.Sale(), (contract, random, size) => new StreamHistory(contract, random).MakeSales(size / 4, 1 + (size / 20))),
    };

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task ShuffledRecords_EndAsTheModel(string feed)
    {
        var seeds = Soak.Random(output);
        for (var round = Soak.Count(30, 3); round > 0; round--)
        {
            var seed = seeds.Next();
            output.WriteLine($"seed {seed}");
            await CheckAsync(feed, seed, 60);
        }
    }

    /// <summary>Up to six changes of a key, in every order across loads.</summary>
    [Fact]
    public async Task EveryOrderOfChangesOfAKey_EndsTheSame()
    {
        var changes = Enumerable.Range(1, Soak.Count(6, 4)).ToArray();
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Points());
        TopicPartition of = new("db.points", 0);
        var orders = Orders(changes).ToList();
        for (var load = 0; load < changes.Length; load++)
        {
            // Each order has a key of its own, so that all are tried at once.
            await lake.LandAsync(of, orders.Select((order, key) => Segments.Record((load * orders.Count) + key, order[load] == 3
                ? $"points|Delete|{order[load]}|0|{key}|~|~" : $"points|Upsert|{order[load]}|0|{key}|n{order[load]}|{order[load]}.00")));
            await lake.TakeAsync($"points-{load}");
        }

        (await lake.TextAsync("SELECT COUNT(*), MIN(note), MAX(note) FROM loyalty.points")).Should().Be($"{orders.Count},n{changes.Length},n{changes.Length}");
    }

    /// <summary>A twentieth comes twice and a twentieth late, in few large loads.</summary>
    [Fact]
    public async Task ManyRecords_EndAsTheModel()
    {
        var random = Soak.Random(output);
        var contract = StreamSamples.Points();
        var history = new StreamHistory(contract, random).MakePoints(Soak.Count(1_000_000, 20_000), Soak.Count(100_000, 2_000));
        await using var lake = await StreamLake.OpenAsync(contract);
        foreach (var part in history.Events.OrderBy(change => random.Next(20) == 0 ? change.Version + 50_000 : change.Version).Chunk(Soak.Count(200_000, 8_000)).Index())
        {
            foreach (var partition in Reordered(part.Item).GroupBy(change => change.Of))
            {
                foreach (var segment in partition.OrderBy(change => change.Offset).Chunk(2_000))
                {
                    await lake.LandAsync(partition.Key, segment.Select(change => change.Record));
                }
            }

            await lake.TakeAsync($"points-{part.Index}");
        }

        (await lake.DumpAsync() == history.Expected()).Should().BeTrue();

        // Offsets follow the order of arrival, as they would in a topic.
        IEnumerable<ChangeEvent> Reordered(IEnumerable<ChangeEvent> changes) => changes.SelectMany(change => random.Next(20) == 0 ? new[] { change, change } : [change]).Select(change =>
        {
            var offset = arrivals[change.Of] = arrivals.GetValueOrDefault(change.Of, -1) + 1;
            return change with { Offset = offset };
        });
    }

    private readonly Dictionary<TopicPartition, long> arrivals = [];

    private static async Task CheckAsync(string feed, int seed, int size)
    {
        var random = new Random(seed);
        var (contract, make) = ByName[feed];
        var history = make(contract, random, size);
        await using var lake = await StreamLake.OpenAsync(contract);
        var waiting = history.Events.GroupBy(change => change.Of).ToDictionary(part => part.Key, part => Shuffled(part, contract, random));
        var produced = waiting.ToDictionary(part => part.Key, _ => new List<StreamRecord>());
        RunPlan? late = null;
        for (var run = 1; waiting.Values.Any(part => part.Count > 0) || late is not null; run++)
        {
            foreach (var (of, records) in waiting)
            {
                await DeliverAsync(lake, of, records, produced[of], random);
            }

            var plan = await lake.PlanAsync($"{contract.Feed}-{run}");
            if (late is null && plan.Slices.Count > 0 && random.Next(3) == 0 && waiting.Values.Any(part => part.Count > 0))
            {
                late = plan;
                continue;
            }

            await LoadAsync(lake, plan);
            if (late is not null)
            {
                await LoadAsync(lake, late);
                late = null;
            }

            await TornAsync(lake, seed);
        }

        await LoadAsync(lake, await lake.PlanAsync($"{contract.Feed}-last"));
        (await lake.DumpAsync()).Should().Be(history.Expected(), "seed {0}", seed);
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.load_balance WHERE staged <> inserted + replaced + superseded + duplicate + held + deleted")).Should().Be("0");
        (await lake.TextAsync("SELECT SUM(records) FROM ops.stream_ledger")).Should().Be($"{history.Events.Count}", "seed {0}", seed);
    }

    /// <summary>Records of a partition in another order, with the offsets of that order; where the offset itself is the order it stays.</summary>
    private static Queue<StreamRecord> Shuffled(IEnumerable<ChangeEvent> part, Contract contract, Random random)
    {
        var events = part.ToArray();
        if (!contract.IsDocument)
        {
            random.Shuffle(events);
        }

        return new(events.Select((change, offset) => contract.IsDocument ? change.Record : change.Record with { Offset = offset }));
    }

    /// <summary>Some more records as one segment, and sometimes a few of before with them.</summary>
    private static async Task DeliverAsync(StreamLake lake, TopicPartition of, Queue<StreamRecord> waiting, List<StreamRecord> produced, Random random)
    {
        for (var segments = random.Next(3); segments > 0 && waiting.Count > 0; segments--)
        {
            var before = produced.Count;
            for (var more = 1 + random.Next(6); more > 0 && waiting.TryDequeue(out var record); more--)
            {
                produced.Add(record);
            }

            var from = random.Next(4) == 0 ? random.Next(before + 1) : before;
            await lake.LandAsync(of, produced.Skip(from));
        }
    }

    private static async Task LoadAsync(StreamLake lake, RunPlan plan)
    {
        if (plan.Slices.Count == 0)
        {
            return;
        }

        try
        {
            await lake.LoadAsync(plan);
        }
        catch (LoadFailedException refused) when (refused.Message.Contains("ops.load_ledger", StringComparison.Ordinal))
        {
            // Another execution was first.
        }
    }

    private static async Task TornAsync(StreamLake lake, int seed)
    {
        if (lake.Contract.Parent.Complete.Count > 0)
        {
            (await lake.TextAsync(
                "SELECT COUNT(*) FROM shop.sale s WHERE items <> (SELECT COUNT(*) FROM shop.item i WHERE i.no = s.no) OR payments <> (SELECT COUNT(*) FROM shop.payment p WHERE p.no = s.no)"))
                .Should().Be("0", "seed {0}: a published sale has all its rows", seed);
            (await lake.TextAsync("SELECT (SELECT COUNT(*) FROM shop.item WHERE no NOT IN (SELECT no FROM shop.sale)) + (SELECT COUNT(*) FROM shop.payment WHERE no NOT IN (SELECT no FROM shop.sale))"))
                .Should().Be("0", "seed {0}: no row is without its sale", seed);
            HeldQueries queries = new(lake.Bench.Warehouse);
            var held = await queries.ListAsync(lake.Contract, Bench.Start, 1_000, default);
            held.Where(unit => unit.Header is HeldHeader.Held or HeldHeader.Published && unit.Parts.All(part => part.Missing is null or 0))
                .Should().BeEmpty("seed {0}: what is held lacks something", seed);
            (await lake.TextAsync("SELECT COUNT(*) FROM (SELECT no FROM ops.held_shop_sale_sale UNION SELECT no FROM ops.held_shop_sale_item UNION SELECT no FROM ops.held_shop_sale_payment)"))
                .Should().Be($"{held.Count}", "seed {0}", seed);
            (await queries.CountAsync(lake.Contract, Bench.Start, default))!.Waiting.Should().Be(held.Count, "seed {0}", seed);
        }
    }

    private static IEnumerable<int[]> Orders(int[] of) => of.Length <= 1 ? [of] : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => (int[])[first, .. rest]));
}
