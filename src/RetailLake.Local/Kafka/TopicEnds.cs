using System.Globalization;
using Confluent.Kafka;

namespace RetailLake.Local.Kafka;

/// <summary>Where a topic ends, and which brokers are behind an address now.</summary>
internal static class TopicEnds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>The brokers' own addresses, and for each partition the offset that comes next; 0 where there is no topic yet.</returns>
    /// <exception cref="KafkaException">Nobody answers.</exception>
    public static (string Brokers, IReadOnlyList<long> Ends) Of(string bootstrap, string topic, int partitions, Action<string> log)
    {
        using var consumer = KafkaClients.Consumer(bootstrap, log);
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var metadata = admin.GetMetadata(topic, Patience);
        var known = metadata.Topics.FirstOrDefault(one => one.Topic == topic && !one.Error.IsError)?.Partitions.Count ?? 0;
        var ends = Enumerable.Range(0, partitions).Select(partition => partition < known ? consumer.QueryWatermarkOffsets(new(topic, partition), Patience).High.Value : 0).ToList();
        return (string.Join(',', metadata.Brokers.Select(broker => string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}"))), ends);
    }
}
