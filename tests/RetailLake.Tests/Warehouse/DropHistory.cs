using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Tests.Warehouse;

#pragma warning disable CA5394 // A seed names the history, so that a failure can be repeated.
/// <summary>
/// What a sender did in the course of time: files, new versions, corrections, bills that moved to another file or day, files that went back to
/// what they were, copies, torn ones. At each moment a bill is in one file and one day only.
/// </summary>
internal sealed class DropHistory(Contract contract, int seed)
{
    private const int Bills = 6;

    private readonly Random random = new(seed);
    private readonly Dictionary<int, string> places = [];
    private readonly Dictionary<string, IReadOnlyList<DropRow>> past = [];
    private readonly List<TestDrop> sent = [];

    public IReadOnlyList<TestDrop> Make(int steps)
    {
        for (var step = 1; step <= steps; step++)
        {
            var drop = contract.Drop!.Replaces switch
            {
                DropScope.Rows when contract.Tables.Count == 1 => Prices(step),
                DropScope.Rows => new($"f{random.Next(3)}", Version(step), Some(Bills).SelectMany(no => random.Next(5) > 0 ? Unit(no, "S1", 1) : Orphan(no)).ToList()),
                DropScope.File => Restated([$"f{random.Next(3)}"], step),
                _ => Restated(Some(3).Select(day => $"{day}"), step),
            };
            sent.Add(drop);
            if (random.Next(8) == 0)
            {
                // Torn on the way; whatever it held, the sender's files stand as they are.
                sent.Add(drop with { Version = step + 1, Rows = [.. drop.Rows.Take(2)], IsTorn = true });
            }
        }

        // The same file with the same bytes and time is the same delivery.
        return [.. sent.DistinctBy(drop => drop.Ref(contract).Id)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Some of 1..n, at least one.</summary>
    private List<int> Some(int n) => [.. Enumerable.Range(1, n).Where(_ => random.Next(2) == 0).DefaultIfEmpty(1 + random.Next(n))];

    /// <summary>Two files may have one time.</summary>
    private long Version(int step) => step - (contract.Drop!.Replaces == DropScope.Rows && random.Next(4) == 0 ? 1 : 0);

    private TestDrop Prices(int step)
    {
        var rows = sent.Count > 0 && random.Next(3) == 0
            ? sent[random.Next(sent.Count)].Rows
            : Some(4).Select(sku => DropLoadTests.Price(sku, 10 * random.Next(3), contract.Parent.SoftDeleteColumn is not null && random.Next(4) == 0)).ToList();
        return new($"p{random.Next(4)}.csv", Version(step), rows);
    }

    /// <summary>A drop that is the whole truth about some places; a place is a file, or a day.</summary>
    private TestDrop Restated(IEnumerable<string> restated, int step)
    {
        List<DropRow> rows = [];
        List<(string, string)> told = [];
        var isFile = contract.Drop!.Replaces == DropScope.File;
        foreach (var place in restated)
        {
            var free = Enumerable.Range(1, Bills).Where(no => !places.TryGetValue(no, out var at) || at == place).ToHashSet();
            var now = free.Where(_ => random.Next(2) == 0).SelectMany(no => Unit(no, "S1", isFile ? 1 : int.Parse(place, CultureInfo.InvariantCulture))).ToList();
            if (past.TryGetValue(place, out var before) && random.Next(3) == 0 && before.All(row => free.Contains(Number(row))))
            {
                now = [.. before];
            }

            if (now.Count == 0 && !isFile)
            {
                if (!DocumentScopes.AreTold(contract))
                {
                    // A day of which a drop holds nothing is none that it speaks of.
                    continue;
                }

                told.Add(("'S1'", $"'2026-11-0{place}'"));
            }

            foreach (var no in free)
            {
                places.Remove(no);
            }

            foreach (var no in now.Select(Number))
            {
                places[no] = place;
            }

            past.TryAdd(place, now);
            rows.AddRange(now);
        }

        return new(isFile ? restated.Single() : $"f{random.Next(3)}", step, rows) { Told = told };
    }

    internal static int Number(DropRow row) => int.Parse(row.Values.Split(", ")[row.Table == "tender" ? 1 : 0], CultureInfo.InvariantCulture);

    /// <summary>A line without its bill.</summary>
    private List<DropRow> Orphan(int no) => [new("line", Text($"{no}, {1 + random.Next(2)}, 'S1', '2026-11-01', 7.00"), 7)];

    private List<DropRow> Unit(int no, string store, int day)
    {
        var amount = random.Next(3);
        var lines = Enumerable.Range(1, random.Next(3)).ToList();
        return
        [
            new("bill", Text($"{no}, '{store}', '2026-11-0{day}', {amount}.00"), amount),
            .. lines.Select(line => new DropRow("line", Text($"{no}, {line}, '{store}', '2026-11-0{day}', {amount + line}.00"), amount + line)),
            .. Some(2).Select(tender => new DropRow("tender", Text($"{(no * 10) + tender}, {no}, '{store}', '2026-11-0{day}', {amount}.00"), amount)),
        ];
    }
}
