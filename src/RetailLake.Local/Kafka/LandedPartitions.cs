using System.Globalization;
using System.Runtime.CompilerServices;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>The partitions of a topic of which anything has landed.</summary>
internal static class LandedPartitions
{
    private const string Partition = "partition=";

    public static async IAsyncEnumerable<TopicPartition> OfAsync(ILake lake, StreamTopic topic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = SegmentKey.TopicFolder(topic.Source, topic.Feed, topic.Topic);
        var known = -1;
        await foreach (var key in lake.ListAsync(folder, cancellationToken))
        {
            var name = key[folder.Length..].Split('/')[0];
            if (name.StartsWith(Partition, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Partition.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > known)
            {
                known = number;
                yield return new(topic.Topic, number);
            }
        }
    }
}
