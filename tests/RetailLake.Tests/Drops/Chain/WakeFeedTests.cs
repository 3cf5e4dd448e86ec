using Microsoft.Extensions.Time.Testing;
using RetailLake.Core.Drops;
using RetailLake.Core.Warehouse;
using RetailLake.Functions;

namespace RetailLake.Tests.Drops.Chain;

public sealed class WakeFeedTests : IDisposable
{
    private readonly DropFolder folder = new(DropFeeds.Of(DropFeeds.Trailer()));
    private readonly FakeTimeProvider time = new(new(2026, 11, 22, 19, 30, 0, TimeSpan.Zero));
    private readonly RecordingMachines machines = new();
    private readonly LedgerOnly ledger = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task DropThatLandedMeanwhile_WakesItsFeed()
    {
        await RecordAsync("a.csv");

        var answer = await WakeAsync("SUCCEEDED");

        answer.Outcome.Should().Be(WakeOutcome.Woken);
        machines.Started.Should().ContainSingle();
    }

    /// <summary>The list of running executions is eventually consistent.</summary>
    [Theory]
    [InlineData("grn-20261122T180000Z")]
    [InlineData("grn-20261122T193000Z")]
    public async Task ExecutionThatEnded_HoldsNothingUpWhileItIsStillListed(string ended)
    {
        await RecordAsync("a.csv");
        await machines.StartAsync("gp", ended, "{}", default);

        var answer = await WakeAsync("SUCCEEDED", ended: ended);

        answer.Feed!.Outcome.Should().Be(StartOutcome.Started);
        machines.Started.Should().HaveCount(2);
    }

    [Fact]
    public async Task OtherExecutionThatRuns_IsLeftToItsEnd()
    {
        await RecordAsync("a.csv");
        await machines.StartAsync("gp", "grn-20261122T192000Z", "{}", default);

        (await WakeAsync("SUCCEEDED", ended: "grn-20261122T180000Z")).Feed!.Outcome.Should().Be(StartOutcome.AlreadyRunning);
        machines.Started.Should().ContainSingle();
    }

    /// <summary>A drop that is dispatched and an execution that ends, both just after one of the same moment was over: each looks before the other starts.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TwoThatSeeNothingRun_StartOne(int over)
    {
        await RecordAsync("a.csv");
        for (var earlier = 0; earlier < over; earlier++)
        {
            await WakeAsync("SUCCEEDED");
            machines.EndAll();
        }

        var looks = 0;
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        machines.AfterLook = () =>
        {
            lock (machines)
            {
                var pair = both;
                if (++looks <= 2 * (over + 1) && looks % 2 == 0)
                {
                    both = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    pair.SetResult();
                }

                return looks <= 2 * (over + 1) ? pair.Task : Task.CompletedTask;
            }
        };
        var first = WakeAsync("SUCCEEDED");
        time.Advance(TimeSpan.FromMilliseconds(1));
        WakeFeedOutput[] answers = [await WakeAsync("SUCCEEDED"), await first];

        machines.Started.Should().HaveCount(over + 1);
        answers.Select(answer => answer.Feed!.Outcome).Should().BeEquivalentTo([StartOutcome.Started, StartOutcome.AlreadyRunning]);
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("ABORTED")]
    [InlineData("TIMED_OUT")]
    [InlineData("RUNNING")]
    public async Task ExecutionThatDidNotSucceed_WakesNothing(string status)
    {
        await RecordAsync("a.csv");

        (await WakeAsync(status)).Outcome.Should().Be(WakeOutcome.NotAFeedOfFiles);
        machines.Started.Should().BeEmpty("a drop that fails its feed must not fail it for ever");
    }

    [Fact]
    public async Task RecordOfALoadedDrop_WakesNothing()
    {
        ledger.Ids.Add(await RecordAsync("a.csv"));

        (await WakeAsync("SUCCEEDED")).Outcome.Should().Be(WakeOutcome.NothingPending);
        machines.Started.Should().BeEmpty("waking would never end");
    }

    [Fact]
    public async Task OnePendingAmongManyLoaded_IsFound()
    {
        for (var index = 0; index < 1_100; index++)
        {
            ledger.Ids.Add(await WriteRecordAsync($"{index}"));
        }

        (await WakeAsync("SUCCEEDED")).Outcome.Should().Be(WakeOutcome.NothingPending);
        var pending = await WriteRecordAsync("pending");

        (await WakeAsync("SUCCEEDED")).Outcome.Should().Be(WakeOutcome.Woken);
        ledger.Ids.Should().NotContain(pending);
    }

    [Fact]
    public async Task ForgedRecord_WakesNothing()
    {
        await folder.Lake.PutIfAbsentAsync(DropRecords.KeyOf("gp", "grn", new('a', 64)), "{}"u8.ToArray(), default);

        (await WakeAsync("SUCCEEDED")).Outcome.Should().Be(WakeOutcome.NothingPending);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"source":"gp"}""")]
    [InlineData("""{"source":"gp","feed":"other"}""")]
    [InlineData("""{"date":"2026-11-22"}""")]
    public async Task ExecutionOfAnotherMachine_IsOfNoConcern(string? input)
    {
        await RecordAsync("a.csv");

        (await WakeAsync("SUCCEEDED", input)).Outcome.Should().Be(WakeOutcome.NotAFeedOfFiles);
        machines.Started.Should().BeEmpty();
    }

    private Task<WakeFeedOutput> WakeAsync(string status, string? input = """{"source":"gp","feed":"grn"}""", string? ended = null) =>
        new WakeFeedFunction(new([folder.Contract]), new(new PendingDrops(folder.Lake, ledger)), new(machines, time)).WakeFeed(new(new(status, input, ended is null ? null : $"arn:aws:states:ap-south-1:111122223333:execution:gp-ingest:{ended}")));

    private async Task<string> RecordAsync(string name)
    {
        folder.Put(name, name);
        return (await folder.Intake.TakeAsync(folder.Contract, [name], default)).Single().DropId!;
    }

    private async Task<string> WriteRecordAsync(string name)
    {
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));
        var id = DropIds.Of("gp.grn", name, sha256, 1);
        await DropRecords.WriteAsync(folder.Lake, new(new(id, name, new(DropRecords.LandingKey("gp", "grn", sha256), 1, sha256), 1, DateTimeOffset.UnixEpoch), "gp.grn", "its own end", DateTimeOffset.UnixEpoch), default);
        return id;
    }

    /// <summary>Answers the one question that is asked.</summary>
    private sealed class LedgerOnly : IWarehouse
    {
        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public SqlDialect Dialect { get; } = new DuckDbDialect();

        public Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql, CancellationToken cancellationToken)
        {
            sql.Length.Should().BeLessThan(100_000);
            return Task.FromResult<IReadOnlyList<IReadOnlyList<object?>>>([.. Ids.Where(id => sql.Contains($"'{id}'", StringComparison.Ordinal)).Select(id => new object?[] { id, 0L, "loaded" })]);
        }

        public Task<string> SubmitAsync(StatementBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> ErrorOfAsync(string statementId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> UnloadAsync(string query, char delimiter, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
