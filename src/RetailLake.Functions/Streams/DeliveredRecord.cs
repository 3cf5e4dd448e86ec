using System.Text;
using RetailLake.Core.Streams;

namespace RetailLake.Functions.Streams;

/// <summary>A record of Lambda's event as Kafka had it.</summary>
internal static class DeliveredRecord
{
    /// <summary>A null literal beside an array would be a null array, which converts to empty memory and not to none: a tombstone would become a value.</summary>
    private static ReadOnlyMemory<byte>? None => null;

    /// <exception cref="FormatException">It is not of the form that Lambda writes.</exception>
    public static StreamRecord Of(KafkaEventRecord record) => new(
        record.Offset >= 0 ? record.Offset : throw new FormatException("its offset is negative"),
        record.Timestamp,
        Kind(record.TimestampType),
        Bytes(record.Key, "key"),
        [.. record.Headers?.Select(Header) ?? []],
        Bytes(record.Value, "value"));

    private static TimestampKind Kind(string? type) => type switch
    {
        null => TimestampKind.Unstated,
        "CREATE_TIME" => TimestampKind.CreateTime,
        "LOG_APPEND_TIME" => TimestampKind.LogAppendTime,
        "NO_TIMESTAMP_TYPE" => TimestampKind.NoTimestampType,
        _ => throw new FormatException("its timestampType is none of CREATE_TIME, LOG_APPEND_TIME and NO_TIMESTAMP_TYPE"),
    };

    private static ReadOnlyMemory<byte>? Bytes(string? base64, string what)
    {
        try
        {
            return base64 is null ? None : Convert.FromBase64String(base64);
        }
        catch (FormatException exception)
        {
            // The text itself may hold what nobody may see.
            throw new FormatException($"its {what} is no base64", exception);
        }
    }

    private static StreamHeader Header(IReadOnlyDictionary<string, IReadOnlyList<int>?>? header)
    {
        if (header is not { Count: 1 })
        {
            throw new FormatException("a header is not one name with its bytes");
        }

        var (name, value) = header.First();
        return new(Encoding.UTF8.GetBytes(name), value is null ? None : value.Select(Byte).ToArray());
    }

    /// <summary>Java's bytes are signed; others write the same ones unsigned.</summary>
    private static byte Byte(int value) => value is >= sbyte.MinValue and <= byte.MaxValue ? (byte)value : throw new FormatException("a header holds a number that is no byte");
}
