namespace RetailLake.Core.Streams;

/// <summary>One Kafka record as delivered. Nothing in it is judged: a null key, bytes that are no UTF-8 and values that are no JSON are records.</summary>
/// <param name="Timestamp">Milliseconds since 1970, as the broker has it; −1 when it has none.</param>
/// <param name="Key">Null differs from empty.</param>
/// <param name="Value">Null is a tombstone.</param>
public sealed record StreamRecord(
    long Offset, long Timestamp, TimestampKind TimestampKind, ReadOnlyMemory<byte>? Key, IReadOnlyList<StreamHeader> Headers, ReadOnlyMemory<byte>? Value);

/// <summary>Headers keep their order, and one name may come twice.</summary>
public readonly record struct StreamHeader(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte>? Value);

/// <summary>Who set a record's timestamp. The values are stored: they are never renumbered.</summary>
public enum TimestampKind
{
    Unstated = 0,
    CreateTime = 1,
    LogAppendTime = 2,
    NoTimestampType = 3,
}

/// <summary>One partition of one topic.</summary>
public sealed record TopicPartition(string Topic, int Partition)
{
    /// <summary>As Lambda's batch response and everybody's logs write it: <c>pos.bill-0</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Topic}-{Partition}");
}
