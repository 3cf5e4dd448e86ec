using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Ftp;

/// <summary>Which files a poll takes, and which it leaves.</summary>
public sealed class DropPollsTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private readonly FetchBench bench = new();
    private readonly MemoryServer server = new();

    private DateTimeOffset Now => bench.Time.GetUtcNow();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task StableFile_IsReadyAMinuteAfterItWasFirstSeen()
    {
        server.Put("a.csv", [1], Now);
        var feed = PullFeeds.Of("sftp://host/in");

        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 1, SettlesIn = Settling });
        bench.Time.Advance(Settling - TimeSpan.FromSeconds(1));
        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 1, SettlesIn = TimeSpan.FromSeconds(1) });
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        (await bench.PollAsync(feed, server)).Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task ContractThatKnowsItsSender_SaysHowLongFilesSettle()
    {
        server.Put("a.csv", [1], Now);
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Stable) { SettleSeconds = 10 });

        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 1, SettlesIn = TimeSpan.FromSeconds(10) });
        bench.Time.Advance(TimeSpan.FromSeconds(10));

        (await bench.PollAsync(feed, server)).Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task FileThatGrows_StartsToSettleAnew()
    {
        var feed = PullFeeds.Of("sftp://host/in");
        for (var size = 1; size <= 5; size++)
        {
            server.Put("a.csv", new byte[size], Now);
            (await bench.PollAsync(feed, server)).Ready.Should().BeEmpty();
            bench.Time.Advance(Settling);
        }

        (await bench.PollAsync(feed, server)).Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task MarkedFile_IsReadyWithItsMarkerAndNotBefore()
    {
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Marker, "{name}.done"));
        server.Put("a.csv", [1], Now);
        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 1, SettlesIn = TimeSpan.Zero });

        server.Put("a.csv.done", [], Now);

        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 0, Known = 0 }).And.BeOfType<PullFindings>().Which.Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task MarkerOfAnEarlierDelivery_ProvesNothing()
    {
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Marker, "{name}.done"));
        server.Put("a.csv.done", [], Now);
        server.Put("a.csv", [1], Now.AddSeconds(1));

        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 1 });
    }

    [Theory]
    [InlineData("bytes=3\n", true)]
    [InlineData("BYTES , 3\r\n", true)]
    [InlineData("bytes:3", true)]
    [InlineData("bytes=4\n", false)]
    [InlineData("bytes=\n", false)]
    [InlineData("byt", false)]
    [InlineData("", false)]
    public async Task ControlledFile_IsReadyWhenItHasTheStatedSize(string control, bool isReady)
    {
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Control, "{stem}.ctl") { Control = new(Bytes: "bytes") });
        server.Put("a.csv", [1, 2, 3], Now);
        server.Put("a.ctl", System.Text.Encoding.ASCII.GetBytes(control), Now);

        var found = await bench.PollAsync(feed, server);

        (found.Ready.Count, found.Waiting).Should().Be(isReady ? (1, 0) : (0, 1));
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public async Task ControlFileOfTheMostBytes_IsRead(int bytes)
    {
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Control, "{stem}.ctl") { Control = new(Bytes: "bytes") });
        server.Put("a.csv", [1, 2, 3], Now);
        server.Put("a.ctl", System.Text.Encoding.ASCII.GetBytes("bytes=3\n".PadRight(bytes)), Now);

        (await bench.PollAsync(feed, server)).Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task FileLargerThanTheContractAllows_IsToldAndNeverFetched()
    {
        var feed = PullFeeds.Of("sftp://host/in");
        feed = feed with { Drop = feed.Drop! with { MaxBytes = 2 } };
        server.Put("large.csv", [1, 2, 3], Now);
        server.Put("right.csv", [1, 2], Now);

        (await bench.SettledAsync(feed, server)).Should().ContainSingle();
        (await bench.PollAsync(feed, server)).Oversized.Should().Equal(new OversizedFile("transaction", "large.csv", 3, 2));
    }

    [Fact]
    public async Task FileThatNoObjectCanHold_IsToldWhateverTheContractAllows()
    {
        var feed = PullFeeds.Of("sftp://host/in");
        feed = feed with { Drop = feed.Drop! with { MaxBytes = long.MaxValue } };
        server.Listed.Add(new(new("huge.csv"), true, new(83_886_080_001, Now)));
        server.Listed.Add(new(new("just.csv"), true, new(83_886_080_000, Now)));

        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Waiting = 1, Oversized = new[] { new OversizedFile("transaction", "huge.csv", 83_886_080_001, 83_886_080_000) } });
    }

    [Fact]
    public async Task ControlFileThatTheServerDoesNotGive_IsToldAndItsDropsWait()
    {
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Control, "{stem}.ctl") { Control = new(Bytes: "bytes") });
        server.Put("a.csv", [1, 2, 3], Now);
        server.Put("a.txt", [1, 2, 3], Now);
        server.Put("b.csv", [1, 2, 3], Now);
        server.Put("a.ctl", "bytes=3"u8.ToArray(), Now);
        server.Put("b.ctl", "bytes=3"u8.ToArray(), Now);
        server.Withheld.Add("a.ctl");

        var found = await bench.PollAsync(feed, server);

        (found.Ready.Count, found.Waiting).Should().Be((1, 2));
        found.Unreadable.Should().Equal(new UnreadableFile("transaction", "a.ctl"));
    }

    [Fact]
    public async Task RowCountOfAnEarlierDelivery_ProvesNothing()
    {
        var feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Control, "{stem}.ctl") { Control = new(Rows: "rows") });
        server.Put("a.ctl", "rows=1"u8.ToArray(), Now);
        server.Put("a.csv", [1], Now.AddSeconds(1));
        (await bench.PollAsync(feed, server)).Ready.Should().BeEmpty();

        server.Put("a.ctl", "rows=1"u8.ToArray(), Now.AddSeconds(2));

        (await bench.PollAsync(feed, server)).Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task ForeignNamesAndNamesWithoutVersion_AreLeft()
    {
        var feed = PullFeeds.Of("sftp://host/in", names: @"grn_(?<version>\d{8}|latest)\.csv", version: VersionOrigin.Name);
        foreach (var name in new[] { "grn_20261121.csv", "grn_latest.csv", "grn_20261121.csv.bak", "other.csv", "GRN_20261121.csv" })
        {
            server.Put(name, [1], Now);
        }

        (await bench.SettledAsync(feed, server)).Should().ContainSingle();
    }

    [Fact]
    public async Task FileListedTwice_IsOneFile()
    {
        server.Put("a.csv", [1], Now);
        server.Listed.Add(new(new("a.csv"), true, new(1, Now)));

        (await bench.SettledAsync(PullFeeds.Of("sftp://host/in"), server)).Should().ContainSingle();
    }

    [Fact]
    public async Task NamesThatReadAlike_AreNotTakenForVersionsOfOneFile()
    {
        server.Listed.Add(new(new("caf\u00E9.csv"), true, new(1, Now)));
        server.Listed.Add(new(new("caf%E9.csv"), true, new(1, Now)));

        var found = await bench.PollAsync(PullFeeds.Of("sftp://host/in"), server);

        (found.Waiting, found.RefusedNames).Should().Be((1, 1));
    }

    [Fact]
    public async Task TwoFeedsOfOneFolder_AreListedOnce()
    {
        server.Put("bill_1.xml", [1], Now);
        server.Put("grn_1.csv", [1], Now);
        Contract[] feeds = [PullFeeds.Of("sftp://host/in", names: "bill_.*", feed: "bill"), PullFeeds.Of("sftp://host/in", names: "grn_.*", feed: "grn")];
        var polls = new DropPolls(server, bench.Lake, bench.Time);
        await polls.ListAsync("poslog", feeds, new("pull-1", 0), default);
        bench.Time.Advance(Settling);

        var pass = await polls.ListAsync("poslog", feeds, new("pull-2", 0), default);

        pass.Drops.Should().Be(2);
        pass.Findings.Ready.Select(item => item.Feed).Should().BeEquivalentTo("bill", "grn");
    }

    [Fact]
    public async Task RetriedPass_KeepsTheListItMadeFirst()
    {
        server.Put("a.csv", [1], Now);
        var feed = PullFeeds.Of("sftp://host/in");
        await bench.SettledAsync(feed, server);
        var polls = new DropPolls(server, bench.Lake, bench.Time);
        var first = await polls.ListAsync("poslog", [feed], new("pull-x", 1), default);
        server.Put("b.csv", [1], Now);
        bench.Time.Advance(Settling);
        await bench.SettledAsync(feed, server);

        var second = await polls.ListAsync("poslog", [feed], new("pull-x", 1), default);

        (first.Drops, second.Drops, second.Key).Should().Be((1, 1, first.Key));
    }

    [Fact]
    public async Task HostileNames_AreDataOrRefusedAndTouchNothing()
    {
        var random = Soak.Random(output);
        var outside = Directory.GetFileSystemEntries(bench.Folder).Order().ToList();
        var names = HostileNames.Some(random, Soak.Count(5000, 500));
        foreach (var name in names)
        {
            server.Listed.Add(new(new(name), true, new(1, Now)));
        }

        var ready = await bench.SettledAsync(PullFeeds.Of("sftp://host/in"), server);
        var found = await bench.PollAsync(PullFeeds.Of("sftp://host/in"), server);

        (ready.Count + found.RefusedNames).Should().Be(names.Count);
        found.RefusedNames.Should().Be(names.Count(name => new RemoteName(name).Problem is not null)).And.BePositive();
        ready.Should().OnlyContain(item => Core.Lake.LakeKey.IsValid(item.File) && item.File.StartsWith("pulls/poslog/transaction/noticed/202611/"));
        ready.Select(item => item.File).Should().OnlyHaveUniqueItems();
        (await bench.KeysAsync()).Should().OnlyContain(key => key.StartsWith("pulls/poslog/"));
        Directory.GetFileSystemEntries(bench.Folder).Order().Should().Equal(outside);
    }
}
