using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Asl;

/// <summary>One state with the states it can go to.</summary>
internal sealed record AslState(string Name, JsonObject Json, JsonObject Siblings)
{
    public string Kind => (string)Json["Type"]!;

    public IEnumerable<JsonObject> Retriers => Objects("Retry");

    public IEnumerable<JsonObject> Catchers => Objects("Catch");

    /// <summary>The X of <c>${XFunctionArn}</c>.</summary>
    public string? Function => (string?)Json["Parameters"]?["FunctionName"] is { } arn && arn.StartsWith("${", StringComparison.Ordinal) && arn.EndsWith("FunctionArn}", StringComparison.Ordinal)
        ? arn[2..^"FunctionArn}".Length]
        : null;

    public static IEnumerable<AslState> Of(StackFiles files) => files.Machines.Values.SelectMany(machine => Within(machine["States"]!.AsObject()));

    public static IEnumerable<string> Errors(JsonObject retrierOrCatcher) => retrierOrCatcher["ErrorEquals"]!.AsArray().Select(error => (string)error!);

    private static IEnumerable<AslState> Within(JsonObject states) => states.SelectMany(state =>
    {
        var json = state.Value!.AsObject();
        var inner = json["ItemProcessor"]?["States"] is JsonObject nested ? Within(nested) : [];
        var branches = json["Branches"] is JsonArray parallel ? parallel.SelectMany(branch => Within(branch!["States"]!.AsObject())) : [];
        return inner.Concat(branches).Prepend(new AslState(state.Key, json, states));
    });

    private IEnumerable<JsonObject> Objects(string member) => (Json[member] as JsonArray ?? []).Select(item => item!.AsObject());
}
