using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RetailLake.Core.Warehouse;
using RetailLake.Functions;
using RetailLake.Functions.Hosting;

namespace RetailLake.Tests.Stack.Template;

/// <summary>template.yaml → nested stack → definition: what one asks for, the other passes, under the same name.</summary>
internal static partial class SourceRules
{
    public static IReadOnlyList<StackRule> All { get; } =
    [
        new("EveryPlaceOfTheDefinitionIsFilled", files =>
            from machine in files.Machines
            let places = Place().Matches(machine.Value.ToJsonString()).Select(match => match.Groups[1].Value).ToHashSet()
            from name in places.Except(Substitutions(files).Select(member => member.Key)).Select(name => $"'${{{name}}}' is not substituted")
                .Concat(Substitutions(files).Select(member => member.Key).Except(places).Select(name => $"'{name}' is substituted and not used"))
            select name),

        new("SubstitutionsAreParametersOfThatName", files =>
            from substitution in Substitutions(files)
            where (string?)substitution.Value?["Ref"] != substitution.Key || files.SourceTemplate["Parameters"]![substitution.Key] is null
            select $"'{substitution.Key}' is {substitution.Value?.ToJsonString()}"),

        new("EveryEntryPassesWhatTheNestedStackAsks", files =>
            from source in files.Sources
            let given = source.Properties["Parameters"]!.AsObject().Select(member => member.Key).ToList()
            let known = files.SourceTemplate["Parameters"]!.AsObject()
            from problem in known.Where(member => member.Value!["Default"] is null).Select(member => member.Key).Except(given).Select(name => $"'{source.Name}' does not pass '{name}'")
                .Concat(given.Except(known.Select(member => member.Key)).Select(name => $"'{source.Name}' passes '{name}', which the nested stack does not have"))
            select problem),

        new("EveryEntryPassesFunctionsUnderTheirNames", files =>
            from source in files.Sources
            from parameter in source.Properties["Parameters"]!.AsObject()
            where parameter.Key.EndsWith("FunctionArn", StringComparison.Ordinal)
                && ((string?)parameter.Value?["Fn::GetAtt"] != $"{parameter.Key[..^"Arn".Length]}.Arn" || files.Template["Resources"]![parameter.Key[..^"Arn".Length]] is null)
            select $"'{source.Name}' passes {parameter.Value?.ToJsonString()} as '{parameter.Key}'"),

        new("SourcesAreNamedOnceAndLikeTheirEntry", files =>
            from source in files.Sources
            let name = (string)source.Properties["Parameters"]!["Source"]!
            where !SourceName().IsMatch(name) || !source.Name.Equals($"{name}Ingest", StringComparison.OrdinalIgnoreCase)
            select $"'{source.Name}' is of source '{name}'"),

        new("MachineMayInvokeItsStepsOnly", files =>
        {
            var names = Statement(files, "InvokeOwnSteps")["Resource"]!.AsArray().Select(resource => (string?)resource!["Ref"]).ToHashSet();
            names.SymmetricExceptWith(Substitutions(files).Select(member => member.Key).Where(key => key.EndsWith("FunctionArn", StringComparison.Ordinal)));
            return names.Select(name => $"'{name}' is invoked or granted, not both");
        }),

        // Children of a Map Run are named machine/label:id, the machine's own executions machine:id.
        new("MachineMayFollowAndRedriveItsMapRuns", files =>
            from action in new[] { "states:DescribeExecution", "states:StopExecution", "states:RedriveExecution" }
            let statement = Statement(files, "FollowOwnMapRuns")
            where !statement["Action"]!.AsArray().Any(granted => (string?)granted == action)
                || !statement["Resource"]!.AsArray().Any(resource => ((string?)resource!["Fn::Sub"])!.EndsWith(":execution:${Source}-ingest/*", StringComparison.Ordinal))
            select $"'{action}' is not granted on the machine's Map Runs"),

        new("ScheduleStartsIngestOfItsSource", files => StartIngestProblems((string?)files.SourceResource("Schedule")["Properties"]!["Target"]!["Input"]?["Fn::Sub"])),

        new("LoadStatementsReachCompleteLoad", files =>
            from prefix in files.Resource("CompleteLoadFunction")["Properties"]!["Events"]!["StatementStatusChanged"]!["Properties"]!["Pattern"]!["detail"]!["statementName"]!.AsArray()
            where LoadTokens.RunOf($"{prefix!["prefix"]}runs/crm.customer/customer-20261122T190000Z/0123") != "runs/crm.customer/customer-20261122T190000Z"
            select $"statement names of loads do not begin with '{prefix["prefix"]}'"),
    ];

    public static JsonObject Substitutions(StackFiles files) => files.SourceResource("StateMachine")["Properties"]!["DefinitionSubstitutions"]!.AsObject();

    public static JsonObject Statement(StackFiles files, string sid) => files.SourceResource("StateMachineRole")["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!
        .AsArray().Single(statement => (string?)statement!["Sid"] == sid)!.AsObject();

    private static IEnumerable<string> StartIngestProblems(string? input)
    {
        var payload = (input ?? "{}").Replace("${Source}", "crm", StringComparison.Ordinal).Replace("<aws.scheduler.scheduled-time>", "2026-11-22T19:00:00Z", StringComparison.Ordinal);
        StartIngestInput? read = null;
        try
        {
            read = new LakeLambdaSerializer().Deserialize<StartIngestInput>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(payload)));
        }
        catch (Exception e) when (e.InnerException is JsonException)
        {
        }

        return read == new StartIngestInput("crm", null, DateTimeOffset.Parse("2026-11-22T19:00:00Z")) ? [] : [$"StartIngest would read '{payload}' as {read}"];
    }

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Place();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex SourceName();
}
