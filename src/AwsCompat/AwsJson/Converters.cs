using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace AwsCompat.AwsJson;

/// <summary>Timestamps are epoch seconds with milliseconds; the SDK hands them out as UTC.</summary>
internal sealed class EpochConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? DateTime.UnixEpoch.AddTicks((long)(reader.GetDecimal() * TimeSpan.TicksPerSecond))
            : DateTime.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((value.ToUniversalTime() - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond);
}

internal sealed class BlobConverter : JsonConverter<MemoryStream>
{
    public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToArray());
}

/// <summary>Enum-like classes go by value; a value that the stand-in does not know yet is kept, as in the SDK.</summary>
internal sealed class ConstantClassConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsSubclassOf(typeof(ConstantClass));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : ConstantClass
    {
        private readonly Func<string, T> _find = typeof(T).GetMethod("FindValue", [typeof(string)])!.CreateDelegate<Func<string, T>>();

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => _find(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
