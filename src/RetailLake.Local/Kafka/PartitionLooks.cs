using Confluent.Kafka;
using TopicPartition = RetailLake.Core.Streams.TopicPartition;

namespace RetailLake.Local.Kafka;

/// <summary>What a broker says of its topics. A broker that does not answer has nothing to say: the next look asks again.</summary>
internal sealed class PartitionLooks(IConsumer<byte[]?, byte[]?> client, StreamNotices notices) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IAdminClient admin = new DependentAdminClientBuilder(client.Handle).Build();
    private bool isAway;

    public IReadOnlyList<TopicPartition> PartitionsOf(string topic)
    {
        try
        {
            var known = admin.GetMetadata(topic, Patience).Topics.FirstOrDefault(one => one.Topic == topic && !one.Error.IsError);
            Tell(away: false, topic, "");
            return [.. (known?.Partitions ?? []).Select(partition => new TopicPartition(topic, partition.PartitionId)).OrderBy(of => of.Partition)];
        }
        catch (KafkaException e)
        {
            Tell(away: true, topic, e.Error.Reason);
            return [];
        }
    }

    /// <returns>The oldest offset and the next one; null when nobody answered.</returns>
    public (long Low, long High)? Range(TopicPartition of)
    {
        try
        {
            var range = client.QueryWatermarkOffsets(new(of.Topic, of.Partition), Patience);
            return (range.Low.Value, range.High.Value);
        }
        catch (KafkaException e)
        {
            notices.Log($"kafka: '{of}': {e.Error.Reason}");
            return null;
        }
    }

    public void Dispose() => admin.Dispose();

    private void Tell(bool away, string topic, string why)
    {
        if (away != isAway)
        {
            isAway = away;
            notices.Warn(away
                ? $"Found no Kafka broker that answers for '{topic}': {why}. Nothing is skipped; it is asked again every few seconds. See that it runs, and that --kafka or KAFKA_BOOTSTRAP names it."
                : "The Kafka broker answers again.");
        }
    }
}
