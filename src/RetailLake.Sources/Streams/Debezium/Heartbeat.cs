using System.Text.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>What the connector writes when nothing happens: a time and nothing else. Anything with more is an event that somebody cut, or of another topic.</summary>
internal static class Heartbeat
{
    /// <param name="json">One well-formed value.</param>
    public static bool Is(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var hasTime = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // As written: a name with escapes is none of these, and half a surrogate pair in it could not even be compared as text.
            var name = reader.ValueSpan;
            var isMillis = name.SequenceEqual("ts_ms"u8);
            if (!(isMillis || name.SequenceEqual("ts_us"u8) || name.SequenceEqual("ts_ns"u8)) || !reader.Read() || reader.TokenType != JsonTokenType.Number)
            {
                return false;
            }

            hasTime |= isMillis;
        }

        return hasTime;
    }
}
