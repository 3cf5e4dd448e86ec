using RetailLake.Core.Contracts;
using RetailLake.Local.Demo.Files;

namespace RetailLake.Tests.Demo.Files;

/// <summary>Generated files in memory, and the contracts they are for.</summary>
internal static class Generated
{
    public const int Seed = 7;

    public static readonly DateOnly Day = new(2026, 11, 21);

    private static readonly LoadedContracts Loaded = ContractLoader.Load([Repository.Contracts]);

    public static FileWorld World { get; } = new(Seed, 20_000, 6);

    public static FileFeed[] Feeds { get; } =
        [new TillCountFile(World), new GoodsReceiptFile(World), new PosLogFile(World, isLarge: false), new PriceTagFile(World), new FootfallFile(World)];

    public static Contract Contract(string id) => Loaded.Contracts.Single(contract => contract.Id == id);

    public static (byte[] Bytes, FileContent Content) Make(FileFeed feed, long rows, int store = 2, int revision = 0, int trailerError = 0)
    {
        using var stream = new MemoryStream();
        var content = feed.Write(stream, feed.Part(World.Stores[store - 1], Day, rows, revision) with { TrailerError = trailerError });
        return (stream.ToArray(), content);
    }

    /// <summary>An own count of rows, rejects by code and sums against what was planted.</summary>
    public static void ShouldBe(this DemoFileTotals planted, Recount counted)
    {
        planted.Rows.Should().Be(counted.Rows);
        planted.Reasons.Should().BeEquivalentTo(counted.Reasons);
        planted.Rejected.Should().Be(counted.Reasons.Values.Sum());
        planted.Sums.Should().BeEquivalentTo(counted.Sums);
        planted.RejectedSums.Should().BeEquivalentTo(counted.RejectedSums);
    }
}

/// <summary>Plain counting with decimals and dictionaries, in another way than the generator's.</summary>
internal sealed class Recount(params string[] columns)
{
    public long Rows { get; private set; }

    public Dictionary<string, long> Reasons { get; } = [];

    public Dictionary<string, decimal> Sums { get; } = columns.ToDictionary(column => column, _ => 0m);

    public Dictionary<string, decimal> RejectedSums { get; } = columns.ToDictionary(column => column, _ => 0m);

    /// <param name="values">Null: cannot be read.</param>
    public void Add(string? reason, params decimal?[] values)
    {
        Rows++;
        for (var index = 0; index < columns.Length; index++)
        {
            Sums[columns[index]] += values[index] ?? 0;
            RejectedSums[columns[index]] += reason is null ? 0 : values[index] ?? 0;
        }

        if (reason is not null)
        {
            Reasons[reason] = Reasons.GetValueOrDefault(reason) + 1;
        }
    }
}
