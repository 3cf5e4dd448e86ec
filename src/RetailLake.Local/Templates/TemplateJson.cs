using System.Globalization;
using System.Text.Json.Nodes;

namespace RetailLake.Local.Templates;

/// <summary>Evaluated values as JSON, as CloudFormation sends them to the services.</summary>
public static class TemplateJson
{
    public static JsonNode? ToJson(TemplateValue value) => value switch
    {
        TemplateMap map => new JsonObject(map.Entries.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
        TemplateList list => new JsonArray([.. list.Items.Select(ToJson)]),
        TemplateText { Quoted: true } text => JsonValue.Create(text.Text),
        TemplateText text => Plain(text.Text),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => JsonValue.Create(integer),
        _ when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
