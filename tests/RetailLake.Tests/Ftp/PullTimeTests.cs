using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Tests.Ftp;

/// <summary>Folders of more files than one look has time for.</summary>
public sealed class PullTimeTests : IDisposable
{
    private const int Files = 200;

    private readonly FetchBench bench = new();
    private readonly SlowServer server = new(Files);

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Share_IsAPartOfWhatIsLeftAndTheRestIsTheOthers()
    {
        var left = TimeSpan.FromSeconds(90);
        var time = new PullTime(() => left);
        var share = time.Share(3);

        left = TimeSpan.FromSeconds(61);
        (share.IsOver, time.IsOver).Should().Be((false, false));
        left = TimeSpan.FromSeconds(60);
        (share.IsOver, time.IsOver).Should().Be((true, false));
        time.Share(2).IsOver.Should().BeFalse();
    }

    /// <summary>The server has only NLST, SIZE and MDTM: each file is asked for by itself at every look.</summary>
    [Fact]
    public async Task ManyFilesOfASlowServer_AreAllTakenOverSomeLooks()
    {
        var feed = PullFeeds.Of("ftp://host/in", new(ProofKind.Stable) { SettleSeconds = 5 });
        HashSet<string> taken = [];
        for (var look = 0; look < 60 && taken.Count < Files; look++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(60) + TimeSpan.FromTicks(look * 7919));
            var asked = server.Asked;

            var pass = await LookAsync([feed], $"pull-{look}", server.TimeOf(100));

            (server.Asked - asked).Should().BeLessThan(100);
            pass.Findings.Postponed.Should().BePositive("the finding says that not all was looked at");
            pass.Drops.Should().Be(pass.Findings.Ready.Count, "what was found is on the list");
            taken.UnionWith(pass.Findings.Ready.Select(item => item.File));
        }

        taken.Should().HaveCount(Files);
    }

    [Fact]
    public async Task FeedOfManyFiles_LeavesTimeToTheOthers()
    {
        Contract[] feeds = [PullFeeds.Of("ftp://host/in", names: "f.*", feed: "bill"), PullFeeds.Of("ftp://host/in", names: "g.*", feed: "grn")];
        server.Names.Add("g1");

        var pass = await LookAsync(feeds, "pull", server.TimeOf(100));

        pass.Findings.SettlesIn.Should().BePositive();
        server.AskedFor.Should().Contain("g1");
    }

    private Task<PullPass> LookAsync(Contract[] feeds, string execution, PullTime time) =>
        new DropPolls(server, bench.Lake, bench.Time).ListAsync("poslog", feeds, new(execution, 0) { Time = time }, default);

    /// <summary>Says names only, and counts what it is asked.</summary>
    private sealed class SlowServer(int files) : IDropServers, IDropServer
    {
        public string Place => "ftp://host:21/in/";

        public List<string> Names { get; } = [.. Enumerable.Range(0, files).Select(file => $"f{file}")];

        public HashSet<string> AskedFor { get; } = [];

        public int Asked { get; private set; }

        /// <summary>A second to a question.</summary>
        public PullTime TimeOf(int questions)
        {
            var end = Asked + questions;
            return new(() => TimeSpan.FromSeconds(end - Asked));
        }

        public bool Serves(Contract contract) => true;

        public Task<IDropServer> OpenAsync(Contract contract, CancellationToken cancellationToken) => Task.FromResult<IDropServer>(this);

        public IAsyncEnumerable<ServerEntry> ListAsync(CancellationToken cancellationToken) => Names.Select(name => new ServerEntry(new(name), true, null)).ToAsyncEnumerable();

        public Task<FileState?> StateAsync(RemoteName name, CancellationToken cancellationToken)
        {
            Asked++;
            AskedFor.Add(name.Text);
            return Task.FromResult<FileState?>(new(1, DateTimeOffset.UnixEpoch));
        }

        public Task<Stream?> OpenReadAsync(RemoteName name, long offset, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
