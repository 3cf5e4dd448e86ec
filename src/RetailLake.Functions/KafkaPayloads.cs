namespace RetailLake.Functions;

/// <summary>A batch of a Kafka event source mapping (<c>aws:kafka</c>, <c>aws:SelfManagedKafka</c>), the members that are used.</summary>
/// <param name="Records">By topic and partition; what a record says of itself counts, not the name it stands under.</param>
public sealed record KafkaBatchInput(IReadOnlyDictionary<string, IReadOnlyList<KafkaEventRecord?>?> Records, string? EventSource = null);

/// <param name="TimestampType">CREATE_TIME | LOG_APPEND_TIME | NO_TIMESTAMP_TYPE.</param>
/// <param name="Key">Base64; null or absent: the record has none.</param>
/// <param name="Value">Base64; null or absent: a tombstone.</param>
/// <param name="Headers">Mappings of one name each to signed bytes.</param>
public sealed record KafkaEventRecord(
    string Topic, int Partition, long Offset, long Timestamp = -1, string? TimestampType = null, string? Key = null, string? Value = null,
    IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<int>?>>? Headers = null);

/// <summary>Kafka's partial batch response: each named partition comes again from the offset on, the others are done.</summary>
public sealed record KafkaBatchOutput(IReadOnlyList<KafkaItemFailure> BatchItemFailures);

public sealed record KafkaItemFailure(KafkaItemIdentifier ItemIdentifier);

/// <param name="Partition">Topic and partition, e.g. <c>pos.bill-0</c>.</param>
public sealed record KafkaItemIdentifier(string Partition, long Offset);
