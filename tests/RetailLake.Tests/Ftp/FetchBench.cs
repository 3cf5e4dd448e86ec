using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Ftp;

/// <summary>A lake of its own, and pulls into it.</summary>
internal sealed class FetchBench : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lake-pull-").FullName;
    private int attempts;

    public FetchBench() => Lake = new FileSystemLake(new Uri(Path.Combine(folder, "lake")).AbsoluteUri);

    public FileSystemLake Lake { get; }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };

    public string Folder => folder;

    public FetchLimits Limits(Func<TimeSpan>? left = null) => new($"{++attempts:D12}", left ?? (() => TimeSpan.FromMinutes(15))) { WholeBytes = 4096, PartBytes = 64 * 1024 };

    /// <summary>A poll, a minute later a second one: what settles has settled.</summary>
    public async Task<IReadOnlyList<PullItem>> SettledAsync(Contract feed, IDropServers servers)
    {
        await PollAsync(feed, servers);
        Time.Advance(TimeSpan.FromSeconds(60));
        return (await PollAsync(feed, servers)).Ready;
    }

    public async Task<PullFindings> PollAsync(Contract feed, IDropServers servers) =>
        (await new DropPolls(servers, Lake, Time).ListAsync(feed.Source, [feed], new($"pull-{++attempts}", 0), default)).Findings;

    public Task<FetchResult> FetchAsync(Contract feed, IDropServers servers, string file, FetchLimits? limits = null) =>
        new DropFetch(servers, Lake, new HurriedPauses()).FetchAsync(feed, file, limits ?? Limits(), default);

    public async Task<IReadOnlyList<DropRecord>> RecordsAsync(Contract feed)
    {
        var records = new List<DropRecord>();
        await foreach (var record in DropRecords.ListAsync(Lake, feed.Source, feed.Feed, default))
        {
            records.Add(record);
        }

        return records;
    }

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix = "")
    {
        var keys = new List<string>();
        await foreach (var key in Lake.ListAsync(prefix, default))
        {
            keys.Add(key);
        }

        return keys;
    }

    public async Task ShouldHoldAsync(DropRecord record, byte[] content)
    {
        record.Drop.Object.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(content)));
        (await File.ReadAllBytesAsync(Lake.Locate(record.Drop.Object.Key))).Should().Equal(content);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Pauses between connections take no time.</summary>
    private sealed class HurriedPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
