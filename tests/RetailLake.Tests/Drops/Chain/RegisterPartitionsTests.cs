using RetailLake.Core.Catalog;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Functions;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>Records of loaded drops go; the load is published whether they do or not.</summary>
public sealed class RegisterPartitionsTests : IDisposable
{
    private const string Execution = "grn-20261122T193000Z";

    private readonly DropFolder folder = new(DropFeeds.Of(DropFeeds.Trailer()));
    private readonly List<string> log = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Records_AreDeletedManyAtOnce()
    {
        var lake = new SlowDeletions(folder.Lake, fault: null);
        var run = await PlannedAsync(200);

        await RegisterAsync(lake, run);

        (await folder.RecordsAsync()).Should().BeEmpty();
        lake.MostAtOnce.Should().BeInRange(2, 64);
    }

    [Fact]
    public async Task RecordThatCannotBeDeleted_FailsNoPublishedLoad()
    {
        var run = await PlannedAsync(3);

        await RegisterAsync(new SlowDeletions(folder.Lake, new LakeUnavailableException("Found 503.", "It is there.", "Again.")), run);

        (await folder.RecordsAsync()).Should().HaveCount(3);
        log.Should().Contain(line => line.Contains("the load is published", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TimeThatIsOverBeforeAllAreDeleted_FailsNoPublishedLoad()
    {
        var run = await PlannedAsync(3);

        await RegisterAsync(new SlowDeletions(folder.Lake, fault: null) { Delay = Timeout.InfiniteTimeSpan }, run, TimeSpan.FromSeconds(3));

        log.Should().Contain(line => line.Contains("the load is published", StringComparison.Ordinal));
    }

    private async Task<string> PlannedAsync(int drops)
    {
        for (var drop = 0; drop < drops; drop++)
        {
            folder.Put($"{drop}.csv", $"{drop}");
        }

        await folder.SweepAsync();
        var contract = folder.Contract;
        var plan = new RunPlan
        {
            Execution = Execution, Contract = contract.Id, ContractVersion = contract.Version, ContractSha256 = contract.Sha256, Ordinal = 1, WorkId = "w",
            Slices = [new(1, SliceKind.Drops, null, null, 1) { Drops = [.. (await folder.RecordsAsync()).Select(record => record.Drop)] }], PlannedAt = DateTimeOffset.UnixEpoch,
        };
        var keys = RunKeys.Of(plan);
        await folder.Lake.PutIfAbsentAsync(keys.Plan, LakeJson.ToBytes(plan), default);
        await folder.Lake.PutIfAbsentAsync(keys.Audit, LakeJson.ToBytes(new AuditReport("w", [], false)), default);
        return keys.Run;
    }

    private async Task RegisterAsync(ILake lake, string run, TimeSpan? timeout = null)
    {
        var local = new LocalFunction("RegisterPartitionsFunction", "RegisterPartitions", "", "", 128, timeout ?? TimeSpan.FromMinutes(5), new Dictionary<string, string>(), "");
        var context = new InvocationContext(local, "r", new FunctionLogger("RegisterPartitions", "r", log.Add), TimeProvider.System);
        await new RegisterPartitionsFunction(new(lake, new([folder.Contract])), lake, new NoCatalog()).RegisterPartitions(new(run), context);
    }

    private sealed class NoCatalog : ICatalog
    {
        public Task RegisterAsync(IReadOnlyList<CuratedPartition> partitions, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class SlowDeletions(ILake inner, Exception? fault) : ILake
    {
        private int now;
        private int most;

        public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

        public int MostAtOnce => most;

        public string Uri => inner.Uri;

        public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken) => inner.CreateAsync(key, cancellationToken);

        public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => inner.PutIfAbsentAsync(key, content, cancellationToken);

        public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => inner.OpenReadAsync(key, cancellationToken);

        public Task<long?> LengthAsync(string key, CancellationToken cancellationToken) => inner.LengthAsync(key, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public async Task DeleteAsync(string key, CancellationToken cancellationToken)
        {
            if (fault is not null)
            {
                throw fault;
            }

            InterlockedMax(Interlocked.Increment(ref now));
            await Task.Delay(Delay, cancellationToken);
            await inner.DeleteAsync(key, cancellationToken);
            Interlocked.Decrement(ref now);
        }

        public string Locate(string key) => inner.Locate(key);

        private void InterlockedMax(int value)
        {
            for (var seen = most; value > seen; seen = most)
            {
                Interlocked.CompareExchange(ref most, value, seen);
            }
        }
    }
}
