using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Paths;

/// <summary>ResultPath: places a result into a copy of the input, making the objects on the way.</summary>
internal static class ReferencePathWriter
{
    public static JsonNode? Place(JsonPath path, JsonNode? input, JsonNode? result)
    {
        if (path.Steps.Count == 0)
        {
            return result;
        }

        var whole = input as JsonObject is { } map ? map.DeepClone() : throw Mismatch(path, input);
        var node = whole;
        for (var depth = 0; depth < path.Steps.Count; depth++)
        {
            var last = depth == path.Steps.Count - 1;
            switch (node, path.Steps[depth])
            {
                case (JsonObject fields, NameStep step):
                    if (last || fields[step.Name] is not (JsonObject or JsonArray))
                    {
                        fields[step.Name] = last ? result.Detached() : new JsonObject();
                    }

                    node = fields[step.Name]!;
                    break;
                case (JsonArray items, IndexStep step) when step.Index < items.Count:
                    if (last || items[step.Index] is not (JsonObject or JsonArray))
                    {
                        items[step.Index] = last ? result.Detached() : new JsonObject();
                    }

                    node = items[step.Index]!;
                    break;
                default:
                    throw Mismatch(path, input);
            }
        }

        return whole;
    }

    private static StateFailedException Mismatch(JsonPath path, JsonNode? input) => new(
        ErrorNames.ResultPathMatchFailure,
        $"Unable to apply ReferencePath '{path.Text}' to input of kind {input?.GetValueKind().ToString() ?? "Null"}.");
}
