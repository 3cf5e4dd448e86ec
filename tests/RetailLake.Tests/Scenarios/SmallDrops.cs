using System.Globalization;
using System.Text;
using RetailLake.Core.Drops;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Scenarios;

/// <param name="IsBroken">Lacks a column of the contract: the drop is refused.</param>
internal sealed record SmallDrop(string Feed, string Name, DateTime Modified, string Text, bool IsBroken)
{
    public byte[] Content => Encoding.UTF8.GetBytes(Text);

    public string Sha256 => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Content));

    public long Version => (Modified.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public string Id => DropIds.Of(Feed, Name, Sha256, Version);

    public IEnumerable<string[]> Rows => IsBroken ? [] : Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
}

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>
/// Many small files of three feeds, one for each way a drop can replace what was there: new versions of names, restated days, copies under other
/// names, files that went empty, refused files, rejected rows. And what the warehouse must hold in the end, worked out without any of the product.
/// </summary>
internal sealed class SmallDrops(Random random)
{
    public const string Price = "gp.price";
    public const string Shelf = "gp.shelf";
    public const string Sale = "gp.sale";

    private const string NotANumber = "n/a";

    public static IReadOnlyList<FileContract> Contracts { get; } =
    [
        new("gp", "price", @"{ format: delimited, name: 'p[0-9]+\.csv', proof: stable, replaces: rows }", FileContract.Key("sku", "sku", 1), FileContract.Money("amount", "amount")) { RejectBudget = 100 },
        new("gp", "shelf", @"{ format: delimited, name: 's(?<no>[0-9]+)\.csv', proof: stable, replaces: file }",
            FileContract.Key("shelf", "$name.no", 1), FileContract.Key("place", "place", 2), FileContract.Money("amount", "amount")),
        new("gp", "sale", @"{ format: delimited, name: 'd[0-9]+\.csv', proof: stable, replaces: [store, day] }",
            FileContract.Key("store", "store", 1) + ", required: true", FileContract.Key("day", "day", 2, "date", "date") + ", required: true", FileContract.Key("item", "item", 3), FileContract.Money("amount", "amount")),
    ];

    /// <summary>In the order of their times; each has a time of its own.</summary>
    public IReadOnlyList<SmallDrop> Make(int count)
    {
        List<SmallDrop> drops = [];
        var names = Math.Max(2, count / 5);
        for (var index = 0; index < count; index++)
        {
            var modified = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(index);
            var name = random.Next(names);
            var drop = random.Next(3) switch
            {
                0 => new SmallDrop(Price, $"p{name}.csv", modified, Earlier(drops) ?? Prices(names), false),
                1 => new SmallDrop(Shelf, $"s{name}.csv", modified, Lines("place,amount", Enumerable.Range(1, random.Next(4)).Select(place => $"{place},{Amount()}")), false),
                _ => new SmallDrop(Sale, $"d{name}.csv", modified, Sales(names), false),
            };
            drops.Add(random.Next(50) > 0 ? drop : drop with { Text = drop.Text.Replace("amount", "sum", StringComparison.Ordinal), IsBroken = true });
        }

        return drops;
    }

    /// <summary>Of each feed's table every row, by key: its key, its amount and its version.</summary>
    public static IReadOnlyList<string> Expected(string feed, IEnumerable<SmallDrop> all)
    {
        var drops = all.Where(drop => drop.Feed == feed && !drop.IsBroken).OrderBy(drop => drop.Version).ToList();
        SortedDictionary<string, string> rows = new(StringComparer.Ordinal);
        foreach (var drop in drops)
        {
            // In the order of versions a drop clears what it is the truth about, and writes its rows.
            var gone = feed switch
            {
                Price => [],
                Shelf => [$"{drop.Name[1..^4]},"],
                _ => drop.Rows.Select(row => $"{row[0]},{row[1]},").ToHashSet(),
            };
            foreach (var key in rows.Keys.Where(key => gone.Any(start => key.StartsWith(start, StringComparison.Ordinal))).ToList())
            {
                rows.Remove(key);
            }

            foreach (var row in drop.Rows.Where(row => row[^1] != NotANumber))
            {
                var key = string.Join(',', feed == Shelf ? row[..^1].Prepend(drop.Name[1..^4]) : row[..^1]) + ",";
                rows[key] = $"{row[^1]},{drop.Version}";
            }
        }

        return [.. rows.Select(row => row.Key + row.Value).Order(StringComparer.Ordinal)];
    }

    /// <summary>Sent again under another name, or under its own.</summary>
    private string? Earlier(List<SmallDrop> drops) =>
        drops.Count > 0 && random.Next(20) == 0 && drops[random.Next(drops.Count)] is { Feed: Price, IsBroken: false } earlier ? earlier.Text : null;

    private string Prices(int names) =>
        Lines("sku,amount", Some(3, names).Select(sku => $"{sku},{(random.Next(100) == 0 ? NotANumber : Amount())}"));

    private string Sales(int names) =>
        Lines("store,day,item,amount", Some(2, Math.Max(2, names / 28)).SelectMany(store => Some(2, 28).SelectMany(day => Some(2, 5).Select(item => $"{store},2026-10-{day:D2},{item},{Amount()}"))));

    private List<int> Some(int most, int of) => [.. Enumerable.Range(0, 1 + random.Next(most)).Select(_ => 1 + random.Next(of)).Distinct()];

    private string Amount() => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1_000)}.{random.Next(1_000):D3}");

    private static string Lines(string header, IEnumerable<string> lines) => string.Join('\n', lines.Prepend(header)) + "\n";
}
