using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

/// <summary>Reads the items of a Distributed Map from one object: a JSON array, or JSON Lines.</summary>
internal sealed record ItemReader(Template Parameters, bool Lines, long? MaxItems, JsonPath? MaxItemsPath)
{
    private const string Resource = "arn:aws:states:::s3:getObject";

    public static ItemReader? Read(FieldReader state)
    {
        if (state.Nested("ItemReader") is not { } reader)
        {
            return null;
        }

        if (reader.Text("Resource", required: true) is { } resource && resource != Resource)
        {
            reader.Report("ItemReader", $"Found ItemReader.Resource '{resource}'; supported: {Resource}.");
        }

        var parameters = ObjectLocation.Read(reader, "Key");
        var config = reader.Nested("ReaderConfig");
        config?.OneOf(required: false, "MaxItems", "MaxItemsPath");
        var type = config?.Text("InputType");
        if (type is not ("JSON" or "JSONL"))
        {
            reader.Report("ItemReader", $"Found InputType '{type}' in ItemReader.ReaderConfig; supported: JSON (an array), JSONL.");
        }

        var maxItems = config?.Whole("MaxItems", 0, 100_000_000);
        var maxItemsPath = config?.Path("MaxItemsPath", reference: true);
        config?.Close();
        reader.Close();
        return parameters is null ? null : new ItemReader(parameters, type == "JSONL", maxItems, maxItemsPath);
    }

    public async Task<JsonArray> ReadAsync(Scope scope, IStatesObjectStore? objects, CancellationToken token)
    {
        var (bucket, key) = ObjectLocation.Evaluate(Parameters, scope, "Key");
        try
        {
            await using var stream = (objects is null ? null : await objects.OpenReadAsync(bucket, key, token))
                ?? throw Failed($"Found no object '{key}' in bucket '{bucket}', expected the items of the Map.");
            var items = Lines ? await LinesAsync(stream, token) : await JsonNode.ParseAsync(stream, cancellationToken: token) as JsonArray;
            return Limit(items, scope)
                ?? throw Failed($"Found JSON that is not an array in 's3://{bucket}/{key}', expected an array of items.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Failed($"Reading 's3://{bucket}/{key}' failed: {fault.Message}");
        }
    }

    private static StateFailedException Failed(string cause) => new(ErrorNames.ItemReaderFailed, cause);

    private JsonArray? Limit(JsonArray? items, Scope scope)
    {
        var most = MaxItems;
        if (MaxItemsPath is not null)
        {
            most = MaxItemsPath.TryEvaluate(scope, out var value) && value.TryWhole(out var number)
                ? number
                : throw Failures.Runtime($"The MaxItemsPath '{MaxItemsPath.Text}' does not yield a whole number.");
        }

        // AWS: MaxItems 0 means no limit.
        return items is null || most is null or 0 || items.Count <= most
            ? items
            : new JsonArray([.. items.Take((int)most).Select(item => item?.DeepClone())]);
    }

    private static async Task<JsonArray> LinesAsync(Stream stream, CancellationToken token)
    {
        var items = new JsonArray();
        using var text = new StreamReader(stream);
        while (await text.ReadLineAsync(token) is { } line)
        {
            if (line.Length > 0)
            {
                items.Add(JsonNode.Parse(line));
            }
        }

        return items;
    }
}
