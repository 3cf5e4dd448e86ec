using System.Collections.Concurrent;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>How far each partition has landed. Read from the lake once; then this process, the only one that lands here, keeps it.</summary>
internal sealed class LandedEnds(ILake lake)
{
    private readonly ConcurrentDictionary<TopicPartition, long> ends = new();

    /// <returns>The last landed offset, or one that was given up; −1: none.</returns>
    public async Task<long> OfAsync(StreamTopic topic, TopicPartition of, CancellationToken cancellationToken)
    {
        if (!ends.TryGetValue(of, out var end))
        {
            end = await ReadAsync(lake, topic, of, cancellationToken) is { } last ? last.Last : -1;
            ends[of] = end;
        }

        return end;
    }

    public void Set(TopicPartition of, long offset) => ends.AddOrUpdate(of, offset, (_, known) => Math.Max(known, offset));

    public static Task<SegmentKey?> ReadAsync(ILake lake, StreamTopic topic, TopicPartition of, CancellationToken cancellationToken) =>
        SegmentKey.LastAsync(lake, topic.Source, topic.Feed, of, -1, cancellationToken);
}
