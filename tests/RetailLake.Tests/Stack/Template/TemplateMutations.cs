using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Template;

internal static class TemplateMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("EveryFunctionHasItsClassAndMethod", "function renamed", files => Rename(files, "AuditRunFunction", "AuditFunction")),
        new("EveryFunctionHasItsClassAndMethod", "attribute without resource name", files => Change(files, "AuditRun", method => method with { ResourceName = null })),
        new("EveryFunctionHasItsClassAndMethod", "method renamed", files => Change(files, "AuditRun", method => method with { Method = "Audit" })),
        new("EveryHandlerMethodHasItsFunction", "function removed", files => files.Template["Resources"]!.AsObject().Remove("AuditRunFunction")),
        new("MethodNamesAreUnique", "two methods alike", files => Change(files, "AuditRun", method => method with { Method = "PlanIngest" })),
        new("HandlersAreOfTheGeneratorsForm", "handler without _Generated", files => Set(files, "AuditRunFunction", "Handler", "RetailLake.Functions::RetailLake.Functions.AuditRunFunction::AuditRun")),
        new("HandlersAreOfTheGeneratorsForm", "namespace moved", files => Change(files, "AuditRun", method => method with { Handler = method.Handler.Replace("Functions.Audit", "Functions.Steps.Audit", StringComparison.Ordinal) })),
        new("HandlersFit", "128 characters", files => Change(files, "AuditRun", method => method with { Handler = new('x', 128) })),
        new("EveryFunctionHasItsLogGroup", "another's log group", files => files.Resource("AuditRunFunction")["Properties"]!["LoggingConfig"]!["LogGroup"]!["Ref"] = "PlanIngestLogGroup"),
        new("EveryFunctionHasItsLogGroup", "kept for ever", files => files.Resource("AuditRunLogGroup")["Properties"]!.AsObject().Remove("RetentionInDays")),
        new("EveryFunctionStatesTimeAndMemory", "no Timeout", files => files.Resource("AuditRunFunction")["Properties"]!.AsObject().Remove("Timeout")),
        new("EnvironmentIsWhatLakeSettingsReads", "misspelled variable", files => Variables(files)["WAREHOUSE_URL"] = "x"),
        new("EnvironmentIsWhatLakeSettingsReads", "variable left out", files => Variables(files).Remove("COPY_ROLE_ARN")),
        new("StateMachinePatternHasASourcePlace", "no place", files => Variables(files)["SOURCE_STATE_MACHINE_ARN"]!["Fn::Sub"] = "arn:aws:states:ap-south-1:1:stateMachine:crm-ingest"),
        new("StateMachinePatternHasASourcePlace", "machine renamed", files => files.SourceResource("StateMachine")["Properties"]!["Name"]!["Fn::Sub"] = "${Source}"),

        new("EveryPlaceOfTheDefinitionIsFilled", "substitution left out", files => SourceRules.Substitutions(files).Remove("AuditRunFunctionArn")),
        new("EveryPlaceOfTheDefinitionIsFilled", "substitution too many", files => SourceRules.Substitutions(files)["StartIngestFunctionArn"] = Ref("StartIngestFunctionArn")),
        new("SubstitutionsAreParametersOfThatName", "crossed", files => SourceRules.Substitutions(files)["AuditRunFunctionArn"] = Ref("PlanIngestFunctionArn")),
        new("SubstitutionsAreParametersOfThatName", "no such parameter", files => files.SourceTemplate["Parameters"]!.AsObject().Remove("AuditRunFunctionArn")),
        new("EveryEntryPassesWhatTheNestedStackAsks", "parameter left out", files => Entry(files).Remove("LakeBucket")),
        new("EveryEntryPassesWhatTheNestedStackAsks", "unknown parameter", files => Entry(files)["Bucket"] = "x"),
        new("EveryEntryPassesWhatTheNestedStackAsks", "operations: parameter left out", files => files.Resource("Operations")["Properties"]!["Parameters"]!.AsObject().Remove("StartIngestFunctionArn")),
        new("EveryEntryPassesFunctionsUnderTheirNames", "crossed", files => Entry(files)["AuditRunFunctionArn"] = new JsonObject { ["Fn::GetAtt"] = "PlanIngestFunction.Arn" }),
        new("SourcesAreNamedOnceAndLikeTheirEntry", "copied entry", files => Entry(files)["Source"] = "crm"),
        new("SourcesAreNamedOnceAndLikeTheirEntry", "upper case", files => Entry(files)["Source"] = "OMS"),
        new("MachineMayInvokeItsStepsOnly", "a step not granted", files => SourceRules.Statement(files, "InvokeOwnSteps")["Resource"]!.AsArray().RemoveAt(0)),
        new("MachineMayInvokeItsStepsOnly", "more granted", files => SourceRules.Statement(files, "InvokeOwnSteps")["Resource"]!.AsArray().Add(Ref("StartIngestFunctionArn"))),
        new("MachineMayFollowAndRedriveItsMapRuns", "no redrive", files => SourceRules.Statement(files, "FollowOwnMapRuns")["Action"] = new JsonArray("states:DescribeExecution", "states:StopExecution")),
        new("MachineMayFollowAndRedriveItsMapRuns", "own executions only", files => SourceRules.Statement(files, "FollowOwnMapRuns")["Resource"]!.AsArray().RemoveAt(1)),
        new("ScheduleStartsIngestOfItsSource", "another member", files => ScheduleTarget(files)["Input"]!["Fn::Sub"] = """{"name":"${Source}","tick":"<aws.scheduler.scheduled-time>"}"""),
        new("ScheduleStartsIngestOfItsSource", "no tick", files => ScheduleTarget(files)["Input"]!["Fn::Sub"] = """{"source":"${Source}"}"""),
        new("SchedulesBeginSwitchedOff", "an entry that always fires", files => Entry(files)["ScheduleState"] = "ENABLED"),
        new("SchedulesBeginSwitchedOff", "pull: a schedule that always fires", files => files.Nested[1].Resource("Schedule")["Properties"]!.AsObject().Remove("State")),
        new("SchedulesBeginSwitchedOff", "a default that an entry may rely on", files => files.SourceTemplate["Parameters"]!["ScheduleState"]!["Default"] = "ENABLED"),
        new("SchedulesBeginSwitchedOff", "on from the first deployment", files => files.Template["Parameters"]!["ScheduleState"]!["Default"] = "ENABLED"),
        new("EveryPlaceOfTheDefinitionIsFilled", "pull: substitution left out", files => files.Nested[1].Substitutions.Remove("FetchDropFunctionArn")),
        new("EveryEntryIsOfAKnownTemplate", "a template of its own", files => files.Resource("OmsIngest")["Properties"]!["Location"] = "statemachines/oms.template.yaml"),
        new("EveryNestedStackAsksForFunctionsThatExist", "pull: function renamed", files => files.Template["Resources"]!.AsObject().Remove("FetchDropFunction")),
        new("MachineMayInvokeItsStepsOnly", "pull: a step not granted", files => files.Nested[1].Statement("InvokeOwnSteps")["Resource"]!.AsArray().RemoveAt(1)),
        new("MachineMayFollowAndRedriveItsMapRuns", "pull: another machine's", files => files.Nested[1].Statement("FollowOwnMapRuns")["Resource"]![1]!["Fn::Sub"] = "arn:aws:states:ap-south-1:1:execution:${Source}-ingest/*"),
        new("PullScheduleStartsItsOwnMachine", "another target", files => files.Nested[1].Resource("Schedule")["Properties"]!["Target"]!["Arn"] = Ref("ListDropsFunctionArn")),
        new("PullScheduleStartsItsOwnMachine", "no right", files => files.Nested[1].Resource("ScheduleRole")["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]![0]!["Action"] = "lambda:InvokeFunction"),
        new("LoadStatementsReachCompleteLoad", "another prefix", files =>
            files.Resource("CompleteLoadFunction")["Properties"]!["Events"]!["StatementStatusChanged"]!["Properties"]!["Pattern"]!["detail"]!["statementName"]![0]!["prefix"] = "copy/"),
    ];

    private static JsonObject Variables(StackFiles files) => files.Template["Globals"]!["Function"]!["Environment"]!["Variables"]!.AsObject();

    private static JsonObject Entry(StackFiles files) => files.Resource("OmsIngest")["Properties"]!["Parameters"]!.AsObject();

    private static JsonObject ScheduleTarget(StackFiles files) => files.SourceResource("Schedule")["Properties"]!["Target"]!.AsObject();

    private static JsonObject Ref(string name) => new() { ["Ref"] = name };

    private static void Set(StackFiles files, string resource, string property, string value) => files.Resource(resource)["Properties"]![property] = value;

    private static void Change(StackFiles files, string method, Func<LambdaMethod, LambdaMethod> change)
    {
        var index = files.Methods.FindIndex(known => known.Method == method);
        files.Methods[index] = change(files.Methods[index]);
    }

    private static void Rename(StackFiles files, string from, string to)
    {
        var resources = files.Template["Resources"]!.AsObject();
        var resource = resources[from];
        resources.Remove(from);
        resources[to] = resource;
    }
}
