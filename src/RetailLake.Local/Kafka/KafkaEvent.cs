using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>The event that Lambda's poller makes of records: base64, and headers as Java's signed bytes.</summary>
internal static class KafkaEvent
{
    public const int FrameBytes = 512;

    // Names, numbers and punctuation of one record, at their longest.
    private const int RecordBytes = 600;
    private const int HeaderBytes = 16;
    private const int BytesOfOneInAHeader = 5;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>No less than what the record takes in the event.</summary>
    public static long SizeOf(PolledRecord polled)
    {
        var record = polled.Record;
        long size = RecordBytes + polled.Of.Topic.Length + Base64Of(record.Key) + Base64Of(record.Value);
        foreach (var header in record.Headers)
        {
            size += HeaderBytes + (header.Name.Length * 6L) + ((header.Value?.Length ?? 0) * (long)BytesOfOneInAHeader);
        }

        return size;
    }

    public static byte[] Of(string clusterArn, string bootstrap, IReadOnlyList<PolledRecord> records)
    {
        using var bytes = new MemoryStream((int)Math.Min(int.MaxValue / 2, FrameBytes + records.Sum(SizeOf)));
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("eventSource", "aws:kafka");
            json.WriteString("eventSourceArn", clusterArn);
            json.WriteString("bootstrapServers", bootstrap);
            json.WriteStartObject("records");
            foreach (var partition in records.GroupBy(record => record.Of))
            {
                json.WriteStartArray(partition.Key.ToString());
                foreach (var record in partition)
                {
                    Write(json, record);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, PolledRecord polled)
    {
        var record = polled.Record;
        json.WriteStartObject();
        json.WriteString("topic", polled.Of.Topic);
        json.WriteNumber("partition", polled.Of.Partition);
        json.WriteNumber("offset", record.Offset);
        json.WriteNumber("timestamp", record.Timestamp);
        json.WriteString("timestampType", record.TimestampKind switch
        {
            TimestampKind.CreateTime => "CREATE_TIME",
            TimestampKind.LogAppendTime => "LOG_APPEND_TIME",
            _ => "NO_TIMESTAMP_TYPE",
        });
        if (record.Key is { } key)
        {
            json.WriteBase64String("key", key.Span);
        }

        if (record.Value is { } value)
        {
            json.WriteBase64String("value", value.Span);
        }

        json.WriteStartArray("headers");
        foreach (var header in record.Headers)
        {
            Write(json, header);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StreamHeader header)
    {
        json.WriteStartObject();
        json.WritePropertyName(header.Name.Span);
        if (header.Value is { } value)
        {
            json.WriteStartArray();
            foreach (var one in value.Span)
            {
                json.WriteNumberValue((sbyte)one);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static long Base64Of(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Base64.GetMaxEncodedToUtf8Length(some.Length) : 0;
}
