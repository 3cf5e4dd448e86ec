using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Asl;

/// <summary>Where an execution can end, and how long and how wide it may run.</summary>
internal static class FlowRules
{
    public static IReadOnlyList<StackRule> All { get; } =
    [
        // A redrive enters a Fail state again and fails again: an execution that ended in one can never be mended.
        new("NoFailState", files =>
            from state in AslState.Of(files)
            where state.Kind == "Fail"
            select $"'{state.Name}' is a Fail state"),

        // SUCCEEDED executions cannot be redriven at all.
        new("NoCatcherEndsTheExecution", files =>
            from state in AslState.Of(files)
            from catcher in state.Catchers
            where Ends(state.Siblings, (string)catcher["Next"]!, [])
            select $"'{state.Name}' catches {string.Join(", ", AslState.Errors(catcher))} and ends without doing the work again"),

        new("CatchAllIsAloneAndLast", files =>
            from state in AslState.Of(files)
            let catchers = state.Catchers.ToList()
            from catcher in catchers
            let errors = AslState.Errors(catcher).ToList()
            where errors.Contains("States.ALL") && (errors.Count > 1 || catcher != catchers[^1])
            select $"'{state.Name}' has States.ALL not alone or not last"),

        new("EveryMachineHasCommentAndTimeLimit", files =>
            from machine in files.Machines
            let longest = machine.Value["States"]!.AsObject().Max(state => (int?)state.Value!["TimeoutSeconds"] ?? 0)
            where machine.Value["Comment"] is null || ((int?)machine.Value["TimeoutSeconds"] ?? 0) <= longest
            select $"'{machine.Key}' has no Comment, or no TimeoutSeconds above its longest task's {longest}"),

        new("EveryTaskOutlastsItsFunction", files =>
            from state in AslState.Of(files)
            where state.Kind == "Task"
            let function = files.Functions.FirstOrDefault(function => function.Name == $"{state.Function}Function").Properties
            let limit = int.Parse((string?)function?["Timeout"] ?? "900", System.Globalization.CultureInfo.InvariantCulture) + 5
            where ((int?)state.Json["TimeoutSeconds"] ?? 0) < limit
            select $"'{state.Name}' has TimeoutSeconds {state.Json["TimeoutSeconds"]?.ToJsonString() ?? "missing"}; its function may run, and be reported, {limit} seconds"),

        new("EveryMapIsDistributedAndToleratesNothing", files =>
            from state in AslState.Of(files)
            where state.Kind == "Map"
            let processor = state.Json["ItemProcessor"]?["ProcessorConfig"]
            let tolerated = new[] { state.Json["ToleratedFailurePercentage"], state.Json["ToleratedFailureCount"] }.OfType<JsonNode>().ToList()
            where (string?)processor?["Mode"] != "DISTRIBUTED" || (string?)processor?["ExecutionType"] != "STANDARD"
                || tolerated.Count == 0 || tolerated.Any(limit => limit.ToJsonString() is not "0") || state.Json["ToleratedFailurePercentagePath"] is not null
                || state.Json["ResultWriter"] is null || state.Json["MaxConcurrency"] is null
            select $"'{state.Name}' is not distributed standard with tolerated failure 0, a ResultWriter and MaxConcurrency"),
    ];

    private static bool Ends(JsonObject states, string name, HashSet<string> seen)
    {
        var state = states[name]!.AsObject();
        return seen.Add(name) && (string)state["Type"]! switch
        {
            "Succeed" or "Fail" => true,
            "Task" or "Map" or "Parallel" => false,
            "Choice" => state["Choices"]!.AsArray().Select(choice => (string?)choice!["Next"]).Append((string?)state["Default"]).Any(next => next is not null && Ends(states, next, seen)),
            _ => (string?)state["Next"] is not { } next || Ends(states, next, seen),
        };
    }
}
