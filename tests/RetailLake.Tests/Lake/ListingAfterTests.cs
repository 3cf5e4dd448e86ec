using RetailLake.Core.Lake;
using RetailLake.Tests.Local;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Lake;

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>A listing that starts behind a text is the whole one without what sorts before it, whatever the text is.</summary>
public sealed class ListingAfterTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Parts = ["a", "a0", "a-1", "a.b", "b", "p=1", "p=10", "p=2"];

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task AnyText_LeavesOutWhatSortsBeforeIt()
    {
        var random = Soak.Random(output);
        var lake = new FileSystemLake(new Uri(folder.Path).AbsoluteUri);
        for (var made = 0; made < 80; made++)
        {
            await lake.PutIfAbsentAsync($"{Path(random)}.json", new byte[1], default);
        }

        var all = await lake.ListAsync("", default).ToListAsync(TestContext.Current.CancellationToken);
        for (var round = Soak.Count(5_000, 500); round > 0; round--)
        {
            var prefix = random.Next(3) == 0 ? "" : Path(random)[..1];
            var after = random.Next(2) == 0 ? all[random.Next(all.Count)] : Path(random) + "/0~"[random.Next(3)];

            (await lake.ListAsync(prefix, after, default).ToListAsync(TestContext.Current.CancellationToken)).Should().Equal(
                all.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0), "prefix '{0}', after '{1}'", prefix, after);
        }
    }

    public void Dispose() => folder.Dispose();

    private static string Path(Random random) => string.Join('/', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Parts[random.Next(Parts.Length)]));
}
