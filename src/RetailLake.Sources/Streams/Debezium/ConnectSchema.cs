using System.Globalization;
using System.Text.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>The fields of a row by name, from the schema that JsonConverter writes in front of every payload. Empty when there is none: then the contract's settings hold.</summary>
internal sealed class ConnectSchema
{
    public static readonly ConnectSchema None = new();

    private readonly Dictionary<string, SchemaField> fields = new(StringComparer.Ordinal);

    private ConnectSchema()
    {
    }

    /// <param name="json">A well-formed value.</param>
    /// <exception cref="JsonException">A name or text has half a surrogate pair: well-formed JSON, and no text.</exception>
    public static ConnectSchema Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return Read(document);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("half a surrogate pair in a schema", exception);
        }
    }

    /// <returns>Null when the schema does not know the column, or there is no schema.</returns>
    public SchemaField? Field(string name) => fields.GetValueOrDefault(name);

    private static ConnectSchema Read(JsonDocument document)
    {
        var schema = new ConnectSchema();
        var all = Fields(document.RootElement).ToList();

        // An envelope has the row's fields below 'after'; a flattened event and a key have them at the top.
        var row = all.FirstOrDefault(field => Text(field, "field") == "after" && Text(field, "type") == "struct");
        foreach (var field in row.ValueKind == JsonValueKind.Object ? Fields(row) : all)
        {
            if (Text(field, "field") is { } name && Text(field, "type") is { } type)
            {
                schema.fields[name] = new(type, Text(field, "name"), Scale(field));
            }
        }

        return schema.fields.Count == 0 ? None : schema;
    }

    private static IEnumerable<JsonElement> Fields(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array
            ? fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Scale(JsonElement field) =>
        field.TryGetProperty("parameters", out var parameters) && Text(parameters, "scale") is { } text
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var scale) ? scale : null;
}
