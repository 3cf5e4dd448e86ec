using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Asl;

/// <summary>
/// Names that Step Functions itself can end an execution of our machines with, by what its states ask for. Not told by a name of their own: errors of
/// functions (they are exception classes) and of the Lambda service.
/// </summary>
internal static class EndingErrors
{
    private static readonly string[] Paths = ["InputPath", "OutputPath", "ItemsPath", "SecondsPath", "TimestampPath", "TimeoutSecondsPath", "MaxConcurrencyPath", "Variable"];

    public static IReadOnlyList<string> Of(StackFiles files) => [.. AslState.Of(files).SelectMany(OfState).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> OfState(AslState state)
    {
        var json = state.Json;
        var members = Members(json).ToList();
        var templates = members.Where(member => member.Key.EndsWith(".$", StringComparison.Ordinal)).Select(member => (string)member.Value!).ToList();
        (string Error, bool Can)[] table =
        [
            ("Lambda.Unknown", state.Kind == "Task" && ((string)json["Resource"]!).Contains(":lambda:", StringComparison.Ordinal)),
            ("States.Timeout", state.Kind == "Task"),
            ("States.Permissions", state.Kind == "Task"),
            ("States.DataLimitExceeded", state.Kind is "Task" or "Map" or "Parallel"),
            ("States.HeartbeatTimeout", json["HeartbeatSeconds"] is not null),
            ("States.ExceedToleratedFailureThreshold", (string?)json["ItemProcessor"]?["ProcessorConfig"]?["Mode"] == "DISTRIBUTED"),
            ("States.ItemReaderFailed", json["ItemReader"] is not null),
            ("States.ResultWriterFailed", json["ResultWriter"] is not null),
            ("States.ParameterPathFailure", templates.Any(template => template.StartsWith('$'))),
            ("States.IntrinsicFailure", templates.Any(template => template.StartsWith("States.", StringComparison.Ordinal))),
            ("States.ResultPathMatchFailure", (string?)json["ResultPath"] is { } path && path != "$"),
            ("States.NoChoiceMatched", state.Kind == "Choice" && json["Default"] is null),
            ("States.Runtime", members.Any(member => Paths.Contains(member.Key))),
        ];
        return table.Where(row => row.Can && !state.Catchers.SelectMany(AslState.Errors).Contains(row.Error)).Select(row => row.Error);
    }

    /// <summary>Of the state and of all within it, but for the states of a Map: these are looked at by themselves.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(member => member.Key is not ("ItemProcessor" or "Branches")).SelectMany(member => Members(member.Value).Prepend(member)),
        JsonArray list => list.SelectMany(Members),
        _ => [],
    };
}
