using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Rows.Drops;

/// <summary>Random units in random drops against a model that holds everything in lists and knows no ranges, bitmaps or passes.</summary>
public sealed class DropModelTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Contract BillsAndLines = DropFixture.Contract(DropFixture.Bills, DropFixture.Lines);

    private readonly DropFixture drops = new();
    private int id;

    [Fact]
    public async Task RandomUnits_AreJudgedAsTheModelDoes()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(500, 50); round++)
        {
            List<DropRef> refs = [];
            List<Unit> units = [];
            for (var drop = random.Next(1, 5); drop > 0; drop--)
            {
                List<Unit> own = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => MakeUnit(random))];
                var isRefused = random.Next(6) == 0;
                units.AddRange(isRefused ? [] : own);
                refs.Add(await drops.DropAsync($"{round}-{drop}", string.Concat(own.Select(unit => $"-\n{string.Concat(unit.Rows.Select(row => row.Text + "\n"))}")) + (isRefused ? "x torn\n" : "")));
            }

            var landed = await drops.LandAsync(BillsAndLines, [.. refs]);
            var validated = await drops.ValidateAsync(BillsAndLines, landed, $"a{round}");
            var curated = await drops.EncodeAsync(BillsAndLines, landed, validated, $"a{round}");

            var because = $"of round {round}";
            foreach (var (table, index) in new[] { ("bill", 0), ("line", 1) })
            {
                var rows = units.SelectMany(unit => unit.Rows.Where(row => row.Table == table).Select(row => (Row: row, unit.IsValid))).ToList();
                drops.Curated(curated, table).Should().Equal(rows.Where(row => row.IsValid).Select(row => row.Row.Id), because);
                validated.Tables[index].RejectedRows.Should().Be(rows.Count(row => !row.IsValid), because);
                (validated.Valid[index].Rows + validated.Rejected[index].Rows).Should().Be(landed.Landed[index].Rows, because).And.Be(rows.Count, because);
                validated.Valid[index].Sums.Values.Single().Should().Be(rows.Where(row => row.IsValid).Sum(row => row.Row.Amount), because);
                validated.Rejected[index].Sums.Values.Single().Should().Be(rows.Where(row => !row.IsValid).Sum(row => row.Row.Amount), because);
                var isOrphan = units.Where(unit => unit.Rows.All(row => row.Table == "line" || row.Key is not null)).SelectMany(unit => unit.Rows.Where(unit.IsStray));
                validated.Tables[index].Reasons.GetValueOrDefault("orphan").Should().Be(index == 0 ? 0 : isOrphan.Count(), because);
            }
        }
    }

    public void Dispose() => drops.Dispose();

    private Unit MakeUnit(Random random)
    {
        var parents = random.Next(8) switch { 0 => 0, 1 => 2, _ => 1 };
        var own = Enumerable.Range(0, parents).Select(_ => $"{++id}").ToList();
        List<Row> rows = [.. own.Select(key => Bill(random, key)), .. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Line(random, own.Count == 0 || random.Next(20) == 0 ? $"{++id}" : own[random.Next(own.Count)]))];
        var shuffled = rows.ToArray();
        random.Shuffle(shuffled);
        return new([.. shuffled]);
    }

    private static Row Bill(Random random, string key)
    {
        var amount = random.Next(0, 900) / 100m;
        var (phone, isGood) = random.Next(8) == 0 ? ("12", false) : ("~", true);
        return random.Next(20) == 0 ? new("bill", key, null, 0, false, $"?bill|{key}") : new("bill", key, key, amount, isGood, FormattableString.Invariant($"bill|{key}|{amount}|{phone}"));
    }

    private Row Line(Random random, string key)
    {
        var number = $"{++id}";
        var amount = random.Next(-20, 900) / 100m;
        return random.Next(25) switch
        {
            0 => new("line", number, null, 0, false, $"?line|{number}"),
            1 => new("line", number, key, 0, false, $"line|{number}|{key}|!1,0|~"),
            _ => new("line", number, key, amount, amount >= 0, FormattableString.Invariant($"line|{number}|{key}|{amount}|~")),
        };
    }

    private sealed record Unit(IReadOnlyList<Row> Rows)
    {
        public bool IsValid => Rows.All(row => row.IsGood && !IsStray(row));

        public bool IsStray(Row row) => row is { Table: "line", Key: not null } && !Rows.Any(parent => parent.Table == "bill" && parent.Key == row.Key);
    }

    /// <param name="Key">Of the bill; null when the record cannot be read.</param>
    private sealed record Row(string Table, string Id, string? Key, decimal Amount, bool IsGood, string Text);
}
