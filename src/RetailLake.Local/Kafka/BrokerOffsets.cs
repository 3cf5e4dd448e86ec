using Confluent.Kafka;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Local.Running;
using TopicPartition = RetailLake.Core.Streams.TopicPartition;

namespace RetailLake.Local.Kafka;

/// <summary>
/// A private broker forgets everything when it ends, offsets too, and would give new records the offsets of landed ones. Before it is read it is brought to where
/// landing ends: empty records up to the last landed one, which stands at its offset as it was. None of them is ever landed again.
/// </summary>
internal static class BrokerOffsets
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RestoreAsync(string bootstrap, ILake lake, IReadOnlyList<StreamTopic> topics, Action<string> log, CancellationToken cancellationToken)
    {
        List<(StreamTopic Topic, TopicPartition Of)> landed = [];
        foreach (var topic in topics)
        {
            await foreach (var partition in LandedPartitions.OfTopicAsync(lake, topic.Source, topic.Feed, topic.Topic, cancellationToken))
            {
                landed.Add((topic, partition.Of));
            }
        }

        if (landed.Count == 0)
        {
            return;
        }

        using var producer = KafkaClients.Producer(bootstrap, log);
        foreach (var (topic, of) in landed)
        {
            if (await LandedEnds.ReadAsync(lake, topic, of, cancellationToken) is { } end)
            {
                await RestoreAsync(producer, of, await LastAsync(lake, end, cancellationToken), cancellationToken);
                log($"kafka: the private broker's '{of}' goes on behind offset {end.Last}");
            }
        }
    }

    private static async Task RestoreAsync(IProducer<byte[]?, byte[]?> producer, TopicPartition of, StreamRecord last, CancellationToken cancellationToken)
    {
        Confluent.Kafka.TopicPartition to = new(of.Topic, of.Partition);
        for (var offset = 0L; offset < last.Offset; offset++)
        {
            Send(producer, to, new() { Value = [] });
        }

        var sent = await producer.ProduceAsync(to, Message(last), cancellationToken);
        if (sent.Offset.Value != last.Offset)
        {
            throw new CommandRefusedException($"Found offset {sent.Offset.Value} of '{of}' where {last.Offset} was expected; somebody else writes to this broker already.", "No topic is read.", "Start again.");
        }
    }

    private static void Send(IProducer<byte[]?, byte[]?> producer, Confluent.Kafka.TopicPartition to, Message<byte[]?, byte[]?> message)
    {
        while (true)
        {
            try
            {
                producer.Produce(to, message);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Flush(Patience);
            }
        }
    }

    private static Message<byte[]?, byte[]?> Message(StreamRecord record)
    {
        Headers headers = [];
        foreach (var header in record.Headers)
        {
            headers.Add(System.Text.Encoding.UTF8.GetString(header.Name.Span), header.Value?.ToArray());
        }

        return new() { Key = record.Key?.ToArray(), Value = record.Value?.ToArray(), Headers = headers, Timestamp = record.Timestamp < 0 ? Timestamp.Default : new(record.Timestamp, TimestampType.CreateTime) };
    }

    private static async Task<StreamRecord> LastAsync(ILake lake, SegmentKey segment, CancellationToken cancellationToken)
    {
        var stored = await lake.OpenReadAsync(segment.Key, cancellationToken)
            ?? throw new CommandRefusedException($"Found '{segment.Key}' gone while it was read.", "No topic is read.", "Start again.");
        using var reader = SegmentReader.Open(stored, segment.Key);
        StreamRecord? last = null;
        while (reader.Read())
        {
            if (reader.Offset == segment.Last)
            {
                List<StreamHeader> headers = [];
                foreach (var header in reader.Headers)
                {
                    headers.Add(new(header.Name.ToArray(), Copy(header.Value)));
                }

                last = new(reader.Offset, reader.Timestamp, reader.TimestampKind, Copy(reader.Key), headers, Copy(reader.Value));
            }
        }

        return last!;
    }

    private static ReadOnlyMemory<byte>? Copy(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? some.ToArray() : default(ReadOnlyMemory<byte>?);
}
