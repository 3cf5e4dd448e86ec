using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Warehouse;

/// <summary>Windows loaded in any order, some twice: the final tables depend on the source alone.</summary>
public sealed class AnyOrderTests
{
    private const int Steps = 6;
    private static readonly Contract Order = Samples.Order(DeletePolicy.Soft);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task ShuffledLoads_EndWithTheSourcesState(int seed)
    {
        // A fixed seed is the test's name: a failure can be repeated.
#pragma warning disable CA5394
        var random = new Random(seed);
        await using var bench = await Bench.MigratedAsync(Order);
        var source = new SortedDictionary<int, Bill>();
        var windows = Enumerable.Range(1, Steps).Select(step => Change(source, step, random)).ToArray();
        var order = Enumerable.Range(0, Steps).Concat([random.Next(Steps), random.Next(Steps)]).ToArray();
        random.Shuffle(order);
#pragma warning restore CA5394

        HashSet<int> loaded = [];
        foreach (var step in order)
        {
            var plan = Bench.Plan(Order, step + 1, step, step + 1);
            var load = () => bench.LoadAsync(Order, plan, windows[step]);
            if (loaded.Add(step))
            {
                await load();
            }
            else
            {
                await load.Should().ThrowAsync<Core.Errors.LoadFailedException>();
            }
        }

        var bills = source.Where(pair => !pair.Value.Deleted).ToList();
        (await bench.TextAsync("SELECT order_id, amount FROM oms.\"order\" ORDER BY 1")).Should().Be(
            string.Join("; ", bills.Select(pair => $"{pair.Key},{pair.Value.Lines.Sum(line => line.Net):0.00}")), "seed {0}", seed);
        (await bench.TextAsync("SELECT order_id, line_id, net FROM oms.order_line ORDER BY 1, 2")).Should().Be(
            string.Join("; ", bills.SelectMany(pair => pair.Value.Lines.OrderBy(line => line.Id).Select(line => $"{pair.Key},{line.Id},{line.Net:0.00}"))), "seed {0}", seed);
        (await bench.TextAsync("SELECT COUNT(*), COUNT(DISTINCT work_id) FROM ops.load_ledger")).Should().Be($"{Steps},{Steps}");
    }

    /// <summary>Changes some bills and returns what the window of this step reads: the bills changed in it, as they are now.</summary>
#pragma warning disable CA5394
    private static Dictionary<string, string> Change(SortedDictionary<int, Bill> source, int step, Random random)
    {
        var changed = Enumerable.Range(1, 8).Where(_ => random.Next(2) == 0).ToList();
        foreach (var id in changed)
        {
            var lines = Enumerable.Range(1, 4).Where(_ => random.Next(2) == 0).Select(number => new Line((id * 10) + number, (step * 10) + number)).ToList();
            source[id] = new(lines, random.Next(4) == 0);
        }

        return new()
        {
            ["order"] = Rows(changed.Select(id => string.Create(CultureInfo.InvariantCulture,
                $"({id}, '2026-11-21', {source[id].Lines.Sum(line => line.Net)}, '2026-11-21 {step:00}:00:00', {source[id].Deleted})"))),
            ["order_line"] = Rows(changed.SelectMany(id => source[id].Lines.Select(line => $"({line.Id}, {id}, 'x', 1, {line.Net})"))),
        };
    }
#pragma warning restore CA5394

    private static string Rows(IEnumerable<string> rows) => string.Join(", ", rows);

    private sealed record Bill(IReadOnlyList<Line> Lines, bool Deleted);

    private sealed record Line(int Id, decimal Net);
}
