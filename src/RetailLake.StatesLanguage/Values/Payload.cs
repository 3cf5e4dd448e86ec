using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Values;

/// <summary>JSON as it travels between states: parsed, printed, measured, and never shared between two parents.</summary>
internal static class Payload
{
    /// <summary>AWS: "the maximum input or output size for a task, state, or execution is 256 KiB of data as a UTF-8 encoded string".</summary>
    public const int LimitBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 256 };

    public static JsonNode? Parse(string text) => JsonNode.Parse(text, documentOptions: Strict);

    public static string Text(JsonNode? value) => value is null ? "null" : value.ToJsonString(Compact);

    public static bool TooLarge(string text) => text.Length > LimitBytes
        || (text.Length > LimitBytes / 3 && Encoding.UTF8.GetByteCount(text) > LimitBytes);

    /// <summary>A node belongs to one parent only, so a value that is placed somewhere is copied unless nobody holds it.</summary>
    public static JsonNode? Detached(this JsonNode? value) => value?.Parent is null ? value : value.DeepClone();

    public static bool IsNumber(this JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number;

    public static bool IsString(this JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    public static bool IsBoolean(this JsonNode? value) => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    public static bool TryWhole(this JsonNode? value, out long number)
    {
        number = 0;
        if (!value.IsNumber())
        {
            return false;
        }

        var exact = Number(value!);
        if (exact != Math.Truncate(exact) || Math.Abs(exact) > long.MaxValue / 2)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }

    /// <summary>Numbers keep the text they arrived with; only a comparison needs a value.</summary>
    public static double Number(JsonNode value) =>
        double.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
