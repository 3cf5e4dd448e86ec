using System.Globalization;
using System.Runtime.CompilerServices;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Streams;

/// <param name="Oldest">The first segment in the order of keys.</param>
internal sealed record LandedPartition(TopicPartition Of, SegmentKey Oldest);

/// <summary>What lies in landing of a feed's topics.</summary>
internal sealed class LandedPartitions(ILake lake, Contract contract)
{
    /// <summary>Segments that are looked at for one plan of a partition.</summary>
    private const int MaxListed = 20_000;

    /// <summary>One short listing for each partition: whatever it holds, the next one is asked for behind it.</summary>
    public async IAsyncEnumerable<LandedPartition> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var topic in contract.Topics)
        {
            var folder = SegmentKey.TopicFolder(contract.Source, contract.Feed, topic);
            var after = folder;
            while (await FirstAsync(folder, after, cancellationToken) is { } key)
            {
                if (Read(key, topic) is { } found)
                {
                    yield return found;
                }

                // '0' comes next behind '/': behind everything in this folder, and before the next one.
                var end = key.IndexOf('/', folder.Length);
                after = end < 0 ? key : $"{key[..end]}0";
            }
        }
    }

    /// <summary>Segments with offsets that are not loaded, by their first one.</summary>
    /// <exception cref="StreamPositionLostException">They do not follow on what is loaded.</exception>
    public async Task<IReadOnlyList<SegmentKey>> BeyondAsync(LandedPartition partition, long? position, CancellationToken cancellationToken)
    {
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
            var last = partition.Oldest.Last;
            await foreach (var segment in SegmentKey.BeyondAsync(lake, contract.Source, contract.Feed, partition.Of, last, cancellationToken))
            {
                last = segment.Last;
            }

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

    private async Task<string?> FirstAsync(string folder, string after, CancellationToken cancellationToken)
    {
        await foreach (var key in lake.ListAsync(folder, after, cancellationToken))
        {
            return key;
        }

        return null;
    }

    private LandedPartition? Read(string key, string topic)
    {
        var folder = SegmentKey.TopicFolder(contract.Source, contract.Feed, topic);
        const string name = "partition=";
        var end = key.IndexOf('/', folder.Length);
        return end > 0 && key.AsSpan(folder.Length).StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(key.AsSpan(folder.Length + name.Length, end - folder.Length - name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && SegmentKey.TryParse(key, contract.Source, contract.Feed, new(topic, number)) is { } oldest
            ? new(oldest.Of, oldest) : null;
    }
}
