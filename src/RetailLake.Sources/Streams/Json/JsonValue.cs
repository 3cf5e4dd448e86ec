using System.Text.Json;

namespace RetailLake.Sources.Streams.Json;

/// <summary>A token where it stands in the reader's buffer; a string without its quotes. The default is no value.</summary>
internal readonly record struct JsonValue(JsonTokenType Kind, bool IsEscaped, int Start, int Length)
{
    public bool IsThere => Kind != JsonTokenType.None;

    /// <summary>There, and not null.</summary>
    public bool HasValue => Kind is not (JsonTokenType.None or JsonTokenType.Null);

    public ReadOnlySpan<byte> Of(byte[] buffer) => buffer.AsSpan(Start, Length);
}
