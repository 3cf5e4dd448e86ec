using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>One partition as its reader sees it.</summary>
public sealed record PartitionStatus(StreamTopic Topic, TopicPartition Of)
{
    /// <summary>The last landed offset; −1: none.</summary>
    public long Landed { get; init; } = -1;

    /// <summary>The oldest offset that the broker has.</summary>
    public long Low { get; init; }

    /// <summary>The offset that the broker gives next.</summary>
    public long High { get; init; }

    /// <summary>Why it is not read; null: it is.</summary>
    public string? Lost { get; init; }

    /// <summary>Timestamp of the last landed record, in milliseconds since 1970; −1 when it has none; null: none landed in this process.</summary>
    public long? LastRecord { get; init; }

    public DateTimeOffset? LandedAt { get; init; }

    /// <summary>Records that the broker has and landing has not.</summary>
    public long Lag => Lost is null ? Math.Max(0, High - Math.Max(Landed + 1, Low)) : Math.Max(0, High - Low);
}
