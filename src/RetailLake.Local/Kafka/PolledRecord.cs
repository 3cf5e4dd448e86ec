using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>A record as the broker gave it.</summary>
internal readonly record struct PolledRecord(TopicPartition Of, StreamRecord Record)
{
    public long Offset => Record.Offset;
}
