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
            hasTime |= reader.ValueTextEquals("ts_ms"u8);
            if (!reader.ValueTextEquals("ts_ms"u8) && !reader.ValueTextEquals("ts_us"u8) && !reader.ValueTextEquals("ts_ns"u8))
            {
                return false;
            }

            reader.Skip();
        }

        return hasTime;
    }
}
