using Microsoft.Extensions.Time.Testing;
using RetailLake.Local.Drops;

namespace RetailLake.Tests.Drops.Chain;

public sealed class DropWatchTests : IDisposable
{
    private readonly DropFolder folder = new(DropFeeds.Of(DropFeeds.Trailer()));
    private readonly List<string> announced = [];
    private readonly List<string> log = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task FolderThatCannotBeListed_HidesNoOtherAndRepeatsNothing()
    {
        var uploads = new FaultyUploads(folder.Uploads, _ => null);
        using var watch = new DropWatch(folder.Lake, uploads, Path.Combine(folder.Root, "drops"), one => announced.Add(one.Key), TimeProvider.System, log.Add);
        foreach (var (source, feed) in ((string, string)[])[("aa", "first"), ("gp", "grn"), ("gp", "po"), ("zz", "last")])
        {
            Put(source, feed, "1.csv");
        }

        (await watch.SweepAsync(default)).Should().Be(4);
        uploads.FaultOfFolder = feed => feed == "grn" ? new IOException("Found no way in.") : null;
        Put("aa", "first", "2.csv");
        Put("gp", "po", "2.csv");
        Put("zz", "last", "2.csv");
        announced.Clear();

        (await watch.SweepAsync(default)).Should().Be(3);
        (await watch.SweepAsync(default)).Should().Be(0, "what was announced is known");

        announced.Should().BeEquivalentTo("drops/aa/first/2.csv", "drops/gp/po/2.csv", "drops/zz/last/2.csv");
        log.Should().ContainSingle().Which.Should().Contain("'drops/gp/grn/'").And.Contain("no way in");
        uploads.FaultOfFolder = _ => null;
        Put("gp", "grn", "2.csv");
        (await watch.SweepAsync(default)).Should().Be(1, "the file from before was announced before");
        announced.Should().EndWith("drops/gp/grn/2.csv");
    }

    /// <summary>Intake may have waited for its trailer, and nothing else would look at it again before the schedule.</summary>
    [Fact]
    public async Task UploadThatIsCalm_IsAnnouncedOnceMore()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var watch = new DropWatch(folder.Lake, folder.Uploads, Path.Combine(folder.Root, "drops"), one => announced.Add(one.Key), time, log.Add);
        Put("gp", "grn", "1.csv");
        (await watch.SweepAsync(default)).Should().Be(1);
        (await watch.SweepAsync(default)).Should().Be(0);

        time.Advance(TimeSpan.FromMinutes(2));

        (await watch.SweepAsync(default)).Should().Be(1);
        (await watch.SweepAsync(default)).Should().Be(0);
    }

    private void Put(string source, string feed, string name)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder.Root, "drops", source, feed)).FullName;
        File.WriteAllText(Path.Combine(place, name), "id\n1\n");
    }
}
