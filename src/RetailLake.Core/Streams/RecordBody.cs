using System.Buffers;

namespace RetailLake.Core.Streams;

/// <summary>
/// A record without its offset: <c>timestamp kind, timestamp, key, count of headers, (name, value)…, value</c>. A text of bytes is its length plus one and the
/// bytes; 0 is null. The same record always gives the same bytes, so two deliveries of one offset are compared as bytes.
/// </summary>
internal static class RecordBody
{
    public static void Write(IBufferWriter<byte> destination, StreamRecord record)
    {
        Varint.Write(destination, (ulong)record.TimestampKind);
        Varint.Write(destination, Varint.ZigZag(record.Timestamp));
        Write(destination, record.Key);
        Varint.Write(destination, (ulong)record.Headers.Count);
        foreach (var header in record.Headers)
        {
            Write(destination, header.Name);
            Write(destination, header.Value);
        }

        Write(destination, record.Value);
    }

    private static void Write(IBufferWriter<byte> destination, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } text)
        {
            Varint.Write(destination, 0);
            return;
        }

        Varint.Write(destination, (ulong)text.Length + 1);
        destination.Write(text.Span);
    }
}
