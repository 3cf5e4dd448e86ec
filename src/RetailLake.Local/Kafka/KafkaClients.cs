using Confluent.Kafka;
using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>Settings of librdkafka's clients, each for a reason.</summary>
internal static class KafkaClients
{
    /// <summary>The largest record that a topic may hold here.</summary>
    public const int LargestRecord = 64 * 1024 * 1024;

    /// <param name="security">How the broker is logged in to; see <see cref="KafkaSecurity"/>.</param>
    public static IConsumer<byte[]?, byte[]?> Consumer(string bootstrap, Action<string> log, IReadOnlyDictionary<string, string>? security = null) => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(new Dictionary<string, string>(security ?? new Dictionary<string, string>()))
    {
        BootstrapServers = bootstrap,
        // Demanded, and not used: partitions are assigned by hand, and nothing is ever committed to the broker.
        GroupId = "retaillake",
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        // Never jump: a position that the broker does not have is an error.
        AutoOffsetReset = AutoOffsetReset.Error,
        IsolationLevel = IsolationLevel.ReadCommitted,
        AllowAutoCreateTopics = false,
        CheckCrcs = true,
        ReceiveMessageMaxBytes = LargestRecord + (1 << 20),
        FetchMaxBytes = LargestRecord,
        // Backpressure: while a batch lands, the client reads so far ahead and no further.
        QueuedMaxMessagesKbytes = 16 * 1024,
        FetchWaitMaxMs = 50,
        FetchErrorBackoffMs = 100,
        ReconnectBackoffMs = 50,
        ReconnectBackoffMaxMs = 1_000,
    }).SetErrorHandler((_, error) => log($"kafka: {error.Reason}")).SetLogHandler((_, line) => Log(line, log)).Build();

    /// <param name="gone">No broker answers any more.</param>
    public static IProducer<byte[]?, byte[]?> Producer(string bootstrap, Action<string> log, Action<Error>? gone = null) => new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
    {
        BootstrapServers = bootstrap,
        Acks = Acks.All,
        // A retry of a batch that the broker had taken must not be a second one.
        EnableIdempotence = true,
        LingerMs = 5,
        MessageMaxBytes = LargestRecord,
        ReconnectBackoffMs = 50,
        ReconnectBackoffMaxMs = 1_000,
        MessageTimeoutMs = 30_000,
    }).SetErrorHandler((_, error) =>
    {
        log($"kafka: {error.Reason}");
        if (error.Code == ErrorCode.Local_AllBrokersDown || error.IsFatal)
        {
            gone?.Invoke(error);
        }
    }).SetLogHandler((_, line) => Log(line, log)).Build();

    public static StreamRecord Record(ConsumeResult<byte[]?, byte[]?> polled) => new(
        polled.Offset.Value,
        polled.Message.Timestamp.Type == TimestampType.NotAvailable ? -1 : polled.Message.Timestamp.UnixTimestampMs,
        polled.Message.Timestamp.Type switch
        {
            TimestampType.CreateTime => TimestampKind.CreateTime,
            TimestampType.LogAppendTime => TimestampKind.LogAppendTime,
            _ => TimestampKind.NoTimestampType,
        },
        Bytes(polled.Message.Key),
        [.. (polled.Message.Headers ?? []).Select(header => new StreamHeader(System.Text.Encoding.UTF8.GetBytes(header.Key), Bytes(header.GetValueBytes())))],
        Bytes(polled.Message.Value));

    private static ReadOnlyMemory<byte>? Bytes(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;

    private static void Log(LogMessage line, Action<string> log)
    {
        if (line.Level <= SyslogLevel.Warning)
        {
            log($"kafka: {line.Message}");
        }
    }
}
