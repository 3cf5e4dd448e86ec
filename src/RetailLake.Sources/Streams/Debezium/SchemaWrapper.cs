using System.Text.Json;
using RetailLake.Core.Rows;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>
/// Takes <c>{"schema":…,"payload":…}</c> apart. A connector writes the same schema in front of every record, several times longer than the row: what stood in
/// front of the last payload is compared as bytes, and read again only when it differs.
/// </summary>
internal sealed class SchemaWrapper
{
    private static readonly RejectReason Twice = new(RejectCode.Members, "one schema and one payload");

    private byte[] prefix = [];
    private ConnectSchema known = ConnectSchema.None;

    /// <summary>Of the record that was taken apart last.</summary>
    public ConnectSchema Schema { get; private set; } = ConnectSchema.None;

    /// <summary>Where the payload must be if the record begins like the last one; whether it is whole only reading it can tell.</summary>
    public bool TryGuess(byte[] buffer, int start, int length, out int payload, out int payloadLength)
    {
        (payload, payloadLength) = (start + prefix.Length, 0);
        if (prefix.Length == 0 || !buffer.AsSpan(start, length).StartsWith(prefix))
        {
            return false;
        }

        var rest = buffer.AsSpan(payload, length - prefix.Length).TrimEnd(" \t\r\n"u8);
        payloadLength = Math.Max(0, rest.Length - 1);
        Schema = known;
        return rest is [.., (byte)'}'];
    }

    /// <returns>Null when the payload was found: a part of the value, or without a wrapper the value itself.</returns>
    public RejectReason? Split(byte[] buffer, int start, int length, out int payload, out int payloadLength)
    {
        (payload, payloadLength, Schema) = (start, length, ConnectSchema.None);
        var reader = new Utf8JsonReader(buffer.AsSpan(start, length));
        try
        {
            return Split(ref reader, buffer, start, ref payload, ref payloadLength);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a schema's text is an InvalidOperationException to JsonElement.
            return JsonScan.NotJson;
        }
    }

    private RejectReason? Split(ref Utf8JsonReader reader, byte[] buffer, int start, ref int payload, ref int payloadLength)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonScan.NotJson;
        }

        var (schema, value) = (default(JsonValue), default(JsonValue));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // JsonConverter escapes neither name.
            var isSchema = reader.ValueSpan.SequenceEqual("schema"u8);
            if (!isSchema && !reader.ValueSpan.SequenceEqual("payload"u8))
            {
                return null;
            }

            if ((isSchema ? schema : value).IsThere)
            {
                return Twice;
            }

            reader.Read();
            var from = (int)reader.TokenStartIndex;
            var kind = reader.TokenType;
            reader.Skip();
            var found = new JsonValue(kind, false, start + from, (int)reader.BytesConsumed - from);
            (schema, value) = isSchema ? (found, value) : (schema, found);
        }

        while (reader.Read())
        {
        }

        if (schema.IsThere && value.IsThere)
        {
            (payload, payloadLength) = (value.Start, value.Length);
            Schema = schema.Kind == JsonTokenType.StartObject ? ConnectSchema.Read(buffer.AsMemory(schema.Start, schema.Length)) : ConnectSchema.None;
            (prefix, known) = schema.Start < value.Start ? (buffer.AsSpan(start, value.Start - start).ToArray(), Schema) : ([], ConnectSchema.None);
        }

        return null;
    }
}
