using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RetailLake.Tests.Stack.Asl;

/// <summary>One name through the stack: state = function = class; and nothing of an environment in a definition.</summary>
internal static partial class NameRules
{
    private const int MaxStepName = 21;

    public static IReadOnlyList<StackRule> All { get; } =
    [
        new("TaskIsNamedLikeItsFunction", files =>
            from state in AslState.Of(files)
            where state.Kind == "Task" && state.Function != state.Name
            select $"'{state.Name}' invokes '{state.Json["Parameters"]?["FunctionName"]}'"),

        new("StateNamesAreWordsOfTheirType", files =>
            from state in AslState.Of(files)
            where !Name(state.Kind).IsMatch(state.Name) || (state.Kind == "Task" && state.Name.Length > MaxStepName)
            select $"'{state.Name}' is no name for a {state.Kind}"),

        new("NothingOfAnEnvironmentInDefinitions", files =>
            from machine in files.Machines
            from text in Texts(machine.Value)
            where (text.Contains("arn:", StringComparison.Ordinal) && !Integration().IsMatch(text)) || text.Contains("s3://", StringComparison.Ordinal)
            select $"'{machine.Key}' holds '{text}'"),

        new("PayloadIsTheFunctionsInput", files =>
            from state in AslState.Of(files)
            where state.Kind == "Task" && state.Function is not null
            let method = files.Methods.FirstOrDefault(method => method.Method == state.Function)
            where method is not null
            from problem in PayloadProblems(state, method.Input)
            select problem),

        new("WaitingTaskPassesItsToken", files =>
            from state in AslState.Of(files)
            where ((string?)state.Json["Resource"])?.EndsWith(".waitForTaskToken", StringComparison.Ordinal) == true
                && (string?)state.Json["Parameters"]?["Payload"]?["taskToken.$"] != "$$.Task.Token"
            select $"'{state.Name}' waits for a token that nobody gets"),
    ];

    private static Regex Name(string type) => type switch
    {
        "Choice" => ChoiceName(),
        "Map" => MapName(),
        "Wait" => WaitName(),
        _ => AnyName(),
    };

    private static IEnumerable<string> PayloadProblems(AslState state, Type input)
    {
        var members = input.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();
        var given = state.Json["Parameters"]!["Payload"]!.AsObject().Select(member => member.Key.EndsWith(".$", StringComparison.Ordinal) ? member.Key[..^2] : member.Key).ToList();
        var known = members.Select(member => char.ToLowerInvariant(member.Name![0]) + member.Name[1..]).ToList();
        var needed = members.Zip(known).Where(member => !member.First.HasDefaultValue).Select(member => member.Second);
        return given.Except(known).Select(member => $"'{state.Name}' passes '{member}', which {input.Name} does not have")
            .Concat(needed.Except(given).Select(member => $"'{state.Name}' does not pass '{member}', which {input.Name} needs"));
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => Texts(member.Value)),
        JsonArray array => array.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex AnyName();

    [GeneratedRegex("^(Has|Is|Was)[A-Z][A-Za-z0-9]*$")]
    private static partial Regex ChoiceName();

    [GeneratedRegex("^ForEach[A-Z][A-Za-z0-9]*$")]
    private static partial Regex MapName();

    [GeneratedRegex("^WaitFor[A-Z][A-Za-z0-9]*$")]
    private static partial Regex WaitName();

    [GeneratedRegex("^arn:aws:states:::[a-z0-9-]+:[A-Za-z]+(\\.waitForTaskToken)?$")]
    private static partial Regex Integration();
}
