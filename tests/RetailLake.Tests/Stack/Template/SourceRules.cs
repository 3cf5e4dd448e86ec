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
            from stack in files.Nested
            let places = Place().Matches(stack.Machine.ToJsonString()).Select(match => match.Groups[1].Value).ToHashSet()
            from name in places.Except(stack.Substitutions.Select(member => member.Key)).Select(name => $"'${{{name}}}' is not substituted")
                .Concat(stack.Substitutions.Select(member => member.Key).Except(places).Select(name => $"'{name}' is substituted and not used"))
            select name),

        new("SubstitutionsAreParametersOfThatName", files =>
            from stack in files.Nested
            from substitution in stack.Substitutions
            where (string?)substitution.Value?["Ref"] != substitution.Key || stack.Template["Parameters"]![substitution.Key] is null
            select $"'{substitution.Key}' is {substitution.Value?.ToJsonString()}"),

        new("EveryEntryIsOfAKnownTemplate", files => files.Sources.Select(source => source.Name).Except(files.Nested.SelectMany(stack => stack.Entries).Select(entry => entry.Name))),

        new("EveryEntryPassesWhatTheNestedStackAsks", files =>
            from source in files.Resources("AWS::Serverless::Application")
            let given = source.Properties["Parameters"]!.AsObject().Select(member => member.Key).ToList()
            let known = files[(string)source.Properties["Location"]!]["Parameters"]!.AsObject()
            from problem in known.Where(member => member.Value!["Default"] is null).Select(member => member.Key).Except(given).Select(name => $"'{source.Name}' does not pass '{name}'")
                .Concat(given.Except(known.Select(member => member.Key)).Select(name => $"'{source.Name}' passes '{name}', which the nested stack does not have"))
            select problem),

        new("EveryEntryPassesFunctionsUnderTheirNames", files =>
            from source in files.Sources
            from parameter in source.Properties["Parameters"]!.AsObject()
            where parameter.Key.EndsWith("FunctionArn", StringComparison.Ordinal)
                && ((string?)parameter.Value?["Fn::GetAtt"] != $"{parameter.Key[..^"Arn".Length]}.Arn" || files.Template["Resources"]![parameter.Key[..^"Arn".Length]] is null)
            select $"'{source.Name}' passes {parameter.Value?.ToJsonString()} as '{parameter.Key}'"),

        new("EveryNestedStackAsksForFunctionsThatExist", files =>
            from stack in files.Nested
            from parameter in stack.Template["Parameters"]!.AsObject()
            where parameter.Key.EndsWith("FunctionArn", StringComparison.Ordinal) && files.Template["Resources"]![parameter.Key[..^"Arn".Length]] is null
            select $"'{parameter.Key}' is of no function"),

        new("SourcesAreNamedOnceAndLikeTheirEntry", files =>
            from stack in files.Nested
            from source in stack.Entries
            let name = (string)source.Properties["Parameters"]!["Source"]!
            where !SourceName().IsMatch(name) || !source.Name.Equals($"{name}{stack.Suffix}", StringComparison.OrdinalIgnoreCase)
            select $"'{source.Name}' is of source '{name}'"),

        new("MachineMayInvokeItsStepsOnly", files => files.Nested.SelectMany(stack =>
        {
            var names = stack.Statement("InvokeOwnSteps")["Resource"]!.AsArray().Select(resource => (string?)resource!["Ref"]).ToHashSet();
            names.SymmetricExceptWith(stack.Substitutions.Select(member => member.Key).Where(key => key.EndsWith("FunctionArn", StringComparison.Ordinal)));
            return names.Select(name => $"'{name}' is invoked or granted, not both");
        })),

        // Children of a Map Run are named machine/label:id, the machine's own executions machine:id.
        new("MachineMayFollowAndRedriveItsMapRuns", files =>
            from stack in files.Nested
            from action in new[] { "states:DescribeExecution", "states:StopExecution", "states:RedriveExecution" }
            let statement = stack.Statement("FollowOwnMapRuns")
            where !statement["Action"]!.AsArray().Any(granted => (string?)granted == action)
                || !statement["Resource"]!.AsArray().Any(resource => ((string?)resource!["Fn::Sub"])!.EndsWith($":execution:${{Source}}-{stack.Suffix.ToLowerInvariant()}/*", StringComparison.Ordinal))
            select $"'{action}' is not granted on the machine's Map Runs"),

        new("PullScheduleStartsItsOwnMachine", files =>
            from target in new[] { files.Nested[1].Resource("Schedule")["Properties"]!["Target"]! }
            let granted = files.Nested[1].Resource("ScheduleRole")["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]![0]!
            where (string?)target["Arn"]?["Ref"] != "StateMachine" || (string?)granted["Resource"]?["Ref"] != "StateMachine" || (string?)granted["Action"] != "states:StartExecution"
            select "the schedule starts something else, or may not start its machine"),

        new("ScheduleStartsIngestOfItsSource", files => StartIngestProblems((string?)files.SourceResource("Schedule")["Properties"]!["Target"]!["Input"]?["Fn::Sub"])),

        // A new stack has no logins and no tables yet; one parameter switches all of them on, and none can be forgotten.
        new("SchedulesBeginSwitchedOff", files =>
            files.Sources.Where(source => (string?)(source.Properties["Parameters"]!["ScheduleState"] as JsonObject)?["Ref"] != "ScheduleState").Select(source => $"'{source.Name}' has a switch of its own")
                .Concat(files.Nested.Where(stack => (string?)(stack.Resource("Schedule")["Properties"]!["State"] as JsonObject)?["Ref"] != "ScheduleState" || stack.Template["Parameters"]!["ScheduleState"]?["Default"] is not null)
                    .Select(stack => $"the schedule of *{stack.Suffix} is not switched by 'ScheduleState', or need not be told"))
                .Concat((string?)files.Template["Parameters"]!["ScheduleState"]?["Default"] == "DISABLED" ? [] : ["schedules fire from the first deployment on"])),

        new("LoadStatementsReachCompleteLoad", files =>
            from prefix in files.Resource("CompleteLoadFunction")["Properties"]!["Events"]!["StatementStatusChanged"]!["Properties"]!["Pattern"]!["detail"]!["statementName"]!.AsArray()
            where LoadTokens.RunOf($"{prefix!["prefix"]}runs/crm.customer/customer-20261122T190000Z/0123") != "runs/crm.customer/customer-20261122T190000Z"
            select $"statement names of loads do not begin with '{prefix["prefix"]}'"),
    ];

    public static JsonObject Substitutions(StackFiles files) => files.Nested[0].Substitutions;

    public static JsonObject Statement(StackFiles files, string sid) => files.Nested[0].Statement(sid);

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
