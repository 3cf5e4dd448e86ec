using System.Globalization;
using System.Runtime.CompilerServices;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Streams;

/// <param name="Oldest">The first segment in the order of keys.</param>
public sealed record LandedPartition(TopicPartition Of, SegmentKey Oldest);

/// <summary>What lies in landing of a feed's topics.</summary>
public sealed class LandedPartitions(ILake lake, Contract contract)
{
    /// <summary>Segments that are looked at for one plan of a partition.</summary>
    private const int MaxListed = 20_000;

    public async IAsyncEnumerable<LandedPartition> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var topic in contract.Topics)
        {
            await foreach (var partition in OfTopicAsync(lake, contract.Source, contract.Feed, topic, cancellationToken))
            {
                yield return partition;
            }
        }
    }

    /// <summary>One short listing for each partition: whatever it holds, the next one is asked for behind it.</summary>
    public static async IAsyncEnumerable<LandedPartition> OfTopicAsync(ILake lake, string source, string feed, string topic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        var folder = SegmentKey.TopicFolder(source, feed, topic);
        var after = folder;
        while (await FirstAsync(lake, folder, after, cancellationToken) is { } key)
        {
            var found = Read(key, source, feed, topic);
            if (found is not null)
            {
                yield return found;
            }

            // '0' comes next behind '/': behind everything in this folder, and before the next one. What is no segment says nothing of what comes behind it.
            after = found is null ? key : $"{key[..key.IndexOf('/', folder.Length)]}0";
        }
    }

    /// <summary>Segments with offsets that are not loaded, by their first one.</summary>
    /// <exception cref="StreamPositionLostException">They do not follow on what is loaded.</exception>
    public async Task<IReadOnlyList<SegmentKey>> BeyondAsync(LandedPartition partition, long? position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partition);
        List<SegmentKey> found = [];
        await foreach (var segment in SegmentKey.BeyondAsync(lake, contract.Source, contract.Feed, partition.Of, (position ?? 0) - 1, cancellationToken))
        {
            found.Add(segment);
            if (found.Count == MaxListed)
            {
                break;
            }
        }

        if (position is { } next)
        {
            await RequireAsync(partition, next, found, cancellationToken);
        }

        return [.. found.OrderBy(segment => segment.First).ThenBy(segment => segment.Last)];
    }

    private async Task RequireAsync(LandedPartition partition, long next, List<SegmentKey> beyond, CancellationToken cancellationToken)
    {
        if (beyond.Count == 0)
        {
            // The segment that ended at the position may be too old to be kept; then the partition has no segment at all.
            var last = (await SegmentKey.LastAsync(lake, contract.Source, contract.Feed, partition.Of, partition.Oldest.Last, cancellationToken) ?? partition.Oldest).Last;
            if (last < next - 1)
            {
                throw StreamPositionLostException.BeyondLanding(partition.Of, next, last);
            }
        }
        else if (beyond.Min(segment => segment.First) is var first && first > next && partition.Oldest.Last >= next)
        {
            // A hole behind the position is honest (compaction, transactions) while the segment before it is there: age takes the oldest first.
            throw StreamPositionLostException.BehindLanding(partition.Of, next, first);
        }
    }

    private static async Task<string?> FirstAsync(ILake lake, string folder, string after, CancellationToken cancellationToken)
    {
        await foreach (var key in lake.ListAsync(folder, after, cancellationToken))
        {
            return key;
        }

        return null;
    }

    private static LandedPartition? Read(string key, string source, string feed, string topic)
    {
        var folder = SegmentKey.TopicFolder(source, feed, topic);
        const string name = "partition=";
        var end = key.IndexOf('/', folder.Length);
        return end > 0 && key.AsSpan(folder.Length).StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(key.AsSpan(folder.Length + name.Length, end - folder.Length - name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && SegmentKey.TryParse(key, source, feed, new(topic, number)) is { } oldest
            ? new(oldest.Of, oldest) : null;
    }
}
