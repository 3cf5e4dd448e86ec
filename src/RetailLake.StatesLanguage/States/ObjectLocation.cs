using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

/// <summary>The Parameters of an ItemReader (Bucket, Key) or a ResultWriter (Bucket, Prefix), each also with `.$`.</summary>
internal static class ObjectLocation
{
    public static Template? Read(FieldReader reader, string second)
    {
        var parameters = reader.Template("Parameters", objectOnly: true);
        if (parameters is not ObjectTemplate map)
        {
            reader.Report("Parameters", $"Found no Parameters for the object, expected Bucket and {second}.");
            return null;
        }

        var names = map.Fields.Select(pair => pair.Key).ToList();
        foreach (var name in names.Where(name => name != "Bucket" && name != second))
        {
            reader.Report("Parameters", $"Found '{name}' in the Parameters of an object; supported: Bucket, {second}.");
        }

        if (!names.Contains("Bucket") || (second == "Key" && !names.Contains("Key")))
        {
            reader.Report("Parameters", $"Found {string.Join(", ", names)} in the Parameters of an object, expected Bucket and {second}.");
        }

        return parameters;
    }

    public static (string Bucket, string Second) Evaluate(Template parameters, Scope scope, string second)
    {
        var values = (JsonObject)parameters.Evaluate(scope)!;
        return (Text(values, "Bucket"), values.ContainsKey(second) ? Text(values, second) : "");
    }

    private static string Text(JsonObject values, string name) => values[name].IsString()
        ? values[name]!.GetValue<string>()
        : throw Failures.Runtime($"The parameter '{name}' is {Payload.Text(values[name])}, expected a string.");
}
