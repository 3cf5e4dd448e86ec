using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Ftp;

/// <summary>From a noticed file to a drop record, over invocations and mishaps.</summary>
public sealed class DropFetchTests : IDisposable
{
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(500_000);

    private readonly FetchBench bench = new();
    private readonly MemoryServer server = new();
    private readonly Contract feed = PullFeeds.Of("sftp://host/in");

    private DateTimeOffset Now => bench.Time.GetUtcNow();

    public void Dispose() => bench.Dispose();

    public static TheoryData<int> Sizes => [0, 1, 4096, 4097, 64 * 1024, (64 * 1024) + 1, 200_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task File_IsLandedAndRecordedAndRemembered(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var modified = Now;
        server.Put("गेहूँ.csv", content, modified);
        var file = (await bench.SettledAsync(feed, server)).Single().File;

        (await bench.FetchAsync(feed, server, file)).Should().Be(new FetchResult(FetchOutcome.Landed, size));

        var record = (await bench.RecordsAsync(feed)).Should().ContainSingle().Which;
        await bench.ShouldHoldAsync(record, content);
        record.Should().BeEquivalentTo(new { Contract = feed.Id, Proof = "size and time are stable", Drop = new { Name = "गेहूँ.csv", Modified = modified, Version = modified.ToUnixTimeMilliseconds() * 1000 } });
        (await bench.KeysAsync("pulls/poslog/transaction/parts/")).Should().BeEmpty();
        (await bench.PollAsync(feed, server)).Should().BeEquivalentTo(new { Known = 1, Waiting = 0 }).And.BeOfType<PullFindings>().Which.Ready.Should().BeEmpty();
    }

    [Fact]
    public async Task FileFetchedBefore_IsNotReadAgain()
    {
        var file = await NoticedAsync(Large);
        await bench.FetchAsync(feed, server, file);
        var reads = server.Reads;

        (await bench.FetchAsync(feed, server, file)).Outcome.Should().Be(FetchOutcome.Known);

        server.Reads.Should().Be(reads);
        (await bench.RecordsAsync(feed)).Should().ContainSingle();
    }

    [Fact]
    public async Task TimeRunsShort_NextInvocationGoesOnFromTheSavedByte()
    {
        var file = await NoticedAsync(Large);
        var outcomes = new List<FetchResult>();
        do
        {
            var pieces = 0;
            outcomes.Add(await bench.FetchAsync(feed, server, file, bench.Limits(() => ++pieces > 6 ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10))));
        }
        while (outcomes[^1].Outcome == FetchOutcome.Partial);

        outcomes.Should().HaveCountGreaterThan(3).And.BeInAscendingOrder(result => result.Bytes);
        outcomes[^1].Outcome.Should().Be(FetchOutcome.Landed);
        await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), Large);
    }

    [Fact]
    public async Task ServerThatFallsSilentWhenTimeRunsShort_CostsNothingOfWhatCame()
    {
        var file = await NoticedAsync(Large);
        server.SilentAfter = 100_000;

        var partial = await bench.FetchAsync(feed, server, file, bench.Limits(() => TimeSpan.FromSeconds(46))).WaitAsync(TimeSpan.FromSeconds(30));

        partial.Should().Be(new FetchResult(FetchOutcome.Partial, 100_000));
        server.SilentAfter = int.MaxValue;
        (await bench.FetchAsync(feed, server, file)).Outcome.Should().Be(FetchOutcome.Landed);
        await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), Large);
    }

    [Fact]
    public async Task ConnectionThatAlwaysBreaksAndTimeThatIsAlwaysShort_StillBringTheFileHome()
    {
        var file = await NoticedAsync(Large);
        server.BreaksAfter = 50_000;
        FetchResult result;
        do
        {
            var pieces = 0;
            result = await bench.FetchAsync(feed, server, file, bench.Limits(() => ++pieces > 9 ? TimeSpan.Zero : TimeSpan.FromMinutes(10)));
        }
        while (result.Outcome == FetchOutcome.Partial);

        await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), Large);
    }

    [Fact]
    public async Task ServerThatBringsNothing_FailsAfterAFewConnectionsAndKeepsWhatCame()
    {
        var file = await NoticedAsync(Large);
        server.BreaksAfter = 100_000;
        server.OnRead = () => server.BreaksAfter = 0;

        await Fetching(file).Should().ThrowAsync<SourceUnavailableException>();

        (await bench.KeysAsync("pulls/poslog/transaction/parts/")).Should().NotBeEmpty();
        (server.OnRead, server.BreaksAfter) = (() => { }, int.MaxValue);
        (await bench.FetchAsync(feed, server, file)).Outcome.Should().Be(FetchOutcome.Landed);
        await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), Large);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500_000)]
    public async Task FileThatTheServerDoesNotGive_IsToldAndTriedAgainAtEachPoll(int size)
    {
        var file = await NoticedAsync(Large[..size]);
        server.Withheld.Add("a.bin");

        (await bench.FetchAsync(feed, server, file)).Outcome.Should().Be(FetchOutcome.Unreadable);

        (await bench.RecordsAsync(feed)).Should().BeEmpty();
        (await bench.PollAsync(feed, server)).Ready.Should().ContainSingle().Which.File.Should().Be(file);
        server.Withheld.Clear();
        (await bench.FetchAsync(feed, server, file)).Should().Be(new FetchResult(FetchOutcome.Landed, size));
    }

    [Fact]
    public async Task FileThatIsTakenBackInTheMiddle_KeepsItsParts()
    {
        var file = await NoticedAsync(Large);
        var pieces = 0;
        var partial = await bench.FetchAsync(feed, server, file, bench.Limits(() => ++pieces > 6 ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10)));
        server.Withheld.Add("a.bin");

        (await bench.FetchAsync(feed, server, file)).Should().Be(new FetchResult(FetchOutcome.Unreadable, partial.Bytes));

        (await bench.KeysAsync("pulls/poslog/transaction/parts/")).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("grown")]
    [InlineData("replaced")]
    [InlineData("shortened")]
    [InlineData("gone")]
    public async Task FileThatChangesWhileItIsRead_IsLeftForALaterPoll(string how)
    {
        var file = await NoticedAsync(Large);
        var reads = 0;
        server.OnRead = () =>
        {
            if (++reads == 5)
            {
                Change(how);
            }
        };

        (await bench.FetchAsync(feed, server, file)).Outcome.Should().Be(FetchOutcome.Changed);

        (await bench.RecordsAsync(feed)).Should().BeEmpty();
        (await bench.KeysAsync("landing/")).Should().BeEmpty();
        (await bench.KeysAsync("pulls/poslog/transaction/parts/")).Should().BeEmpty();
    }

    [Fact]
    public async Task ReplacedFile_IsANewVersion()
    {
        await bench.FetchAsync(feed, server, await NoticedAsync([1, 2, 3]));
        bench.Time.Advance(TimeSpan.FromHours(1));

        await bench.FetchAsync(feed, server, await NoticedAsync([4, 5, 6]));

        var records = await bench.RecordsAsync(feed);
        records.Select(record => record.Drop.Name).Should().Equal("a.bin", "a.bin");
        records.Select(record => record.Drop.Version).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ControlFile_IsComparedWithWhatCame(bool isRight)
    {
        var contract = Controlled();
        server.Put("a.csv", Large, Now);
        server.Put("a.ctl", Control(isRight ? Large : [1]), Now);
        var file = (await bench.PollAsync(contract, server)).Ready.Single().File;

        if (isRight)
        {
            await bench.FetchAsync(contract, server, file);
            (await bench.RecordsAsync(contract)).Single().Should().BeEquivalentTo(new { Proof = "control file 'a.ctl'", Drop = new { DeclaredRows = 7L } });
            return;
        }

        // The transfer may have been at fault once; the same bytes again are the sender's.
        var first = () => bench.FetchAsync(contract, server, file);
        (await first.Should().ThrowAsync<SourceUnavailableException>()).Which.Found.Should().Contain("SHA-256");
        (await bench.FetchAsync(contract, server, file)).Outcome.Should().Be(FetchOutcome.Refused);
        (await bench.RecordsAsync(contract)).Should().BeEmpty();
        (await bench.KeysAsync("landing/")).Should().BeEmpty();
        (await bench.PollAsync(contract, server)).Ready.Should().BeEmpty("nothing has changed");
    }

    [Fact]
    public async Task CorrectedControlFile_BringsARefusedFileBack()
    {
        var contract = Controlled();
        server.Put("a.csv", Large, Now);
        server.Put("a.ctl", Control([1]), Now);
        var file = (await bench.PollAsync(contract, server)).Ready.Single().File;
        var first = () => bench.FetchAsync(contract, server, file);
        await first.Should().ThrowAsync<SourceUnavailableException>();
        await bench.FetchAsync(contract, server, file);

        server.Put("a.ctl", Control(Large), Now.AddMinutes(5));

        (await bench.FetchAsync(contract, server, (await bench.PollAsync(contract, server)).Ready.Single().File)).Outcome.Should().Be(FetchOutcome.Landed);
    }

    [Fact]
    public async Task ControlFileThatIsGone_LeavesTheFile()
    {
        var contract = Controlled();
        server.Put("a.csv", Large, Now);
        server.Put("a.ctl", Control(Large), Now);
        var file = (await bench.PollAsync(contract, server)).Ready.Single().File;
        server.Remove("a.ctl");

        (await bench.FetchAsync(contract, server, file)).Outcome.Should().Be(FetchOutcome.Unproven);
    }

    [Fact]
    public async Task TwoAttemptsAtOnce_LandAndRecordOnce()
    {
        var file = await NoticedAsync(Large);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.FetchAsync(feed, server, file))));

        results.Should().OnlyContain(result => result.Outcome == FetchOutcome.Landed || result.Outcome == FetchOutcome.Known);
        await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Should().ContainSingle().Which, Large);
        (await bench.KeysAsync("landing/")).Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PartsThatAnotherAttemptDeletes_NeverMakeAShorterDrop(bool isRecorded)
    {
        var file = await NoticedAsync(Large);
        var pieces = 0;
        await bench.FetchAsync(feed, server, file, bench.Limits(() => ++pieces > 6 ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10)));
        var early = (await bench.KeysAsync("pulls/poslog/transaction/parts/"))[0];
        var other = new MemoryServer();
        other.Put("a.bin", Large, new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
        var reads = 0;
        server.OnRead = () =>
        {
            if (++reads == 2)
            {
                (isRecorded ? Task.Run(() => bench.FetchAsync(feed, other, file)) : bench.Lake.DeleteAsync(early, default)).Wait();
            }
        };

        var fetch = () => bench.FetchAsync(feed, server, file);

        if (isRecorded)
        {
            (await fetch()).Outcome.Should().Be(FetchOutcome.Known);
            await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), Large);
        }
        else
        {
            await fetch.Should().ThrowAsync<ObjectDamagedException>();
            (await bench.RecordsAsync(feed)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task PartsOfAnAttemptThatEndElsewhere_DoNotHideTheChain()
    {
        var file = await NoticedAsync(Large);
        var pieces = 0;
        await bench.FetchAsync(feed, server, file, bench.Limits(() => ++pieces > 6 ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10)));
        var first = (await bench.KeysAsync("pulls/poslog/transaction/parts/"))[0];
        var bytes = (int)(await bench.Lake.LengthAsync(first, default))!.Value;
        server.OnRead = () =>
        {
            // An attempt that was killed saves late what it had: more than the part that this one goes on from, and nothing joins its end.
            server.OnRead = () => { };
            bench.Lake.PutIfAbsentAsync($"{first}late", Large.AsMemory(0, bytes + 1000), default).Wait();
        };

        (await bench.FetchAsync(feed, server, file)).Outcome.Should().Be(FetchOutcome.Landed);

        await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), Large);
    }

    [Fact]
    public async Task SameContentUnderAnotherName_IsLandedOnceAndRecordedTwice()
    {
        server.Put("a.csv", Large, Now);
        server.Put("b.csv", Large, Now);
        foreach (var item in await bench.SettledAsync(feed, server))
        {
            await bench.FetchAsync(feed, server, item.File);
        }

        (await bench.RecordsAsync(feed)).Select(record => record.Drop.Name).Should().BeEquivalentTo("a.csv", "b.csv");
        (await bench.KeysAsync("landing/")).Should().Equal(DropRecords.LandingKey("poslog", "transaction", Convert.ToHexStringLower(SHA256.HashData(Large))));
    }

    private async Task<string> NoticedAsync(byte[] content)
    {
        server.Put("a.bin", content, Now);
        return (await bench.SettledAsync(feed, server)).Single().File;
    }

    private Func<Task> Fetching(string file) => () => bench.FetchAsync(feed, server, file);

    private void Change(string how)
    {
        switch (how)
        {
            case "grown":
                server.Put("a.bin", [.. Large, 1], Now);
                break;
            case "replaced":
                server.Put("a.bin", RandomNumberGenerator.GetBytes(Large.Length), Now);
                break;
            case "shortened":
                server.Put("a.bin", Large[..1000], Now);
                break;
            default:
                server.Remove("a.bin");
                break;
        }
    }

    private static Contract Controlled() => PullFeeds.Of("sftp://host/in", new(ProofKind.Control, "{stem}.ctl") { Control = new(Rows: "rows", Sha256: "sha256") });

    private static byte[] Control(byte[] content) => Encoding.ASCII.GetBytes($"rows=7\nsha256={Convert.ToHexString(SHA256.HashData(content))}\n");
}
