using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Ftp;

/// <summary>A source with several folders, of which one cannot be read.</summary>
public sealed class FolderDownTests : IDisposable
{
    private readonly FetchBench bench = new();
    private readonly Folders folders = new();
    private readonly Contract[] feeds = [PullFeeds.Of("sftp://one/in", feed: "bill"), PullFeeds.Of("sftp://two/in", feed: "grn")];

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task OtherFolders_AreListedAndTheOneThatIsDownIsNoted()
    {
        await SettleAsync();
        folders.Down["sftp://one/in"] = Refusal();

        var pass = await LookAsync(0, []);

        pass.Findings.Ready.Should().ContainSingle().Which.Feed.Should().Be("grn");
        pass.Drops.Should().Be(1);
        pass.Down.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Feeds = new[] { "bill" }, Error = new { Found = "Found no way in." } });
    }

    [Fact]
    public async Task LookAfterSettling_AsksNoFolderThatWasDown()
    {
        await SettleAsync();
        folders.Asked.Clear();

        var pass = await LookAsync(1, ["bill"]);

        folders.Asked.Should().Equal("sftp://two/in");
        pass.Down.Should().BeEmpty();
    }

    [Fact]
    public async Task LastLook_FailsWithTheErrorOfTheFolder()
    {
        await SettleAsync();
        folders.Down["sftp://one/in"] = Refusal();

        var look = () => LookAsync(PullLook.Last, ["bill"]);

        (await look.Should().ThrowExactlyAsync<SourceAccessException>()).Which.Found.Should().Be("Found no way in.");
    }

    [Fact]
    public async Task LastLook_ListsTheFolderThatIsBack()
    {
        await SettleAsync();

        var pass = await LookAsync(PullLook.Last, ["bill"]);

        pass.Findings.Ready.Should().ContainSingle().Which.Feed.Should().Be("bill");
        new PullLook("pull", PullLook.Last, ["bill"]).StillDown(pass.Down).Should().BeEmpty("or the machine would look for ever");
    }

    [Fact]
    public async Task AllFoldersDown_FailsAtOnce()
    {
        folders.Down["sftp://one/in"] = Refusal();
        folders.Down["sftp://two/in"] = new SourceUnavailableException("Found it out of reach.", "Nothing.", "Again.");

        var look = () => LookAsync(0, []);

        await look.Should().ThrowExactlyAsync<SourceAccessException>();
    }

    /// <summary>As a definition passes it that has no last look.</summary>
    [Fact]
    public async Task WithoutALastLook_NoFolderMayBeMissing()
    {
        folders.Down["sftp://one/in"] = Refusal();

        var look = () => LookAsync(0, null);

        await look.Should().ThrowExactlyAsync<SourceAccessException>();
    }

    [Fact]
    public async Task FaultOfTheLake_IsNoFoldersFault()
    {
        folders.Down["sftp://one/in"] = new LakeUnavailableException("Found no answer.", "Nothing.", "Again.");

        var look = () => LookAsync(0, []);

        await look.Should().ThrowExactlyAsync<LakeUnavailableException>();
    }

    private static SourceAccessException Refusal() => new("Found no way in.", "Nothing.", "Ask.");

    private async Task SettleAsync()
    {
        await LookAsync(0, []);
        bench.Time.Advance(TimeSpan.FromSeconds(60));
    }

    private Task<PullPass> LookAsync(int pass, string[]? down) =>
        new DropPolls(folders, bench.Lake, bench.Time).ListAsync("poslog", feeds, new($"pull-{Guid.NewGuid():N}", pass, down), default);

    /// <summary>Folders by location, with one file each.</summary>
    private sealed class Folders : IDropServers
    {
        public Dictionary<string, LakeException> Down { get; } = [];

        public List<string> Asked { get; } = [];

        public bool Serves(Contract contract) => true;

        public Task<IDropServer> OpenAsync(Contract contract, CancellationToken cancellationToken)
        {
            Asked.Add(contract.Server.Location!);
            if (Down.TryGetValue(contract.Server.Location!, out var fault))
            {
                throw fault;
            }

            var server = new MemoryServer();
            server.Put("a.csv", [1], new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero));
            return Task.FromResult<IDropServer>(server);
        }
    }
}
