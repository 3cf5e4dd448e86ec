using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Asl;

internal static class AslMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("EveryTaskRetriesLambdaServiceErrors", "a service error left out", files => Retrier(files, "AuditRun", 2)["ErrorEquals"]!.AsArray().RemoveAt(4)),
        new("EveryTaskRetriesLambdaServiceErrors", "no retriers in the Map", files => Slice(files, "LandSlice").Remove("Retry")),
        new("EveryTaskRetriesLambdaUnknown", "Lambda.Unknown left out", files => Retrier(files, "AuditRun", 1)["ErrorEquals"]!.AsArray().RemoveAt(0)),
        new("EveryTaskRetriesAFunctionsDeadline", "DeadlinePassedException left out", files => Retrier(files, "AuditRun", 1)["ErrorEquals"]!.AsArray().RemoveAt(2)),
        new("EveryRetrierHasJitterAndCaps", "no jitter", files => Retrier(files, "CopyToRedshift", 0).Remove("JitterStrategy")),
        new("EveryRetrierHasJitterAndCaps", "jitter off", files => Retrier(files, "CopyToRedshift", 2)["JitterStrategy"] = "NONE"),
        new("EveryRetrierHasJitterAndCaps", "no longest delay", files => Retrier(files, "PlanIngest", 0).Remove("MaxDelaySeconds")),
        new("OnlyWhatIsWorthItIsRetried", "a data error retried", files => Retrier(files, "AuditRun", 0)["ErrorEquals"]!.AsArray().Add("RejectBudgetExceededException")),
        new("OnlyWhatIsWorthItIsRetried", "everything retried", files => Retrier(files, "AuditRun", 0)["ErrorEquals"] = new JsonArray("States.ALL")),
        new("EveryErrorNameIsAnOutcome", "a misspelled class", files => Retrier(files, "PlanIngest", 0)["ErrorEquals"] = new JsonArray("SourceUnavailable")),
        new("EveryErrorNameIsAnOutcome", "a misspelled class caught", files => Catch(files, "AuditRun", "PlanIngest", "QuarantinedException")),

        new("NoFailState", "Catch to Fail", files => { Add(files, "Failed", "Fail"); Catch(files, "AuditRun", "Failed", "States.ALL"); }),
        new("NoFailState", "Choice to Fail", files => { Add(files, "Failed", "Fail"); State(files, "HasSlices")["Default"] = "Failed"; }),
        new("NoCatcherEndsTheExecution", "Catch to Succeed", files => Catch(files, "AuditRun", "Ingested", "QualityRuleBrokenException")),
        new("NoCatcherEndsTheExecution", "Catch through a Choice to Succeed", files => Catch(files, "AuditRun", "HasManthanFeed", "QualityRuleBrokenException")),
        new("CatchAllIsAloneAndLast", "States.ALL with others", files => Catch(files, "AuditRun", "PlanIngest", "States.ALL", "LoadFailedException")),
        new("EveryMachineHasCommentAndTimeLimit", "no time limit", files => files.Machine.Remove("TimeoutSeconds")),
        new("EveryMachineHasCommentAndTimeLimit", "time limit below a task's", files => files.Machine["TimeoutSeconds"] = 7200),
        new("EveryMachineHasCommentAndTimeLimit", "no comment", files => files.Machine.Remove("Comment")),
        new("EveryTaskOutlastsItsFunction", "no time limit", files => State(files, "RegisterPartitions").Remove("TimeoutSeconds")),
        new("EveryTaskOutlastsItsFunction", "as long as the function", files => Slice(files, "TransformSlice")["TimeoutSeconds"] = 900),
        new("EveryTaskOutlastsItsFunction", "function made longer", files => files.Resource("AuditRunFunction")["Properties"]!["Timeout"] = "600"),
        new("EveryMapIsDistributedAndToleratesNothing", "one failed slice tolerated", files => State(files, "ForEachSlice")["ToleratedFailurePercentage"] = 1),
        new("EveryMapIsDistributedAndToleratesNothing", "tolerance not stated", files => State(files, "ForEachSlice").Remove("ToleratedFailurePercentage")),
        new("EveryMapIsDistributedAndToleratesNothing", "inline", files => State(files, "ForEachSlice")["ItemProcessor"]!["ProcessorConfig"]!["Mode"] = "INLINE"),
        new("EveryMapIsDistributedAndToleratesNothing", "results in the state", files => State(files, "ForEachSlice").Remove("ResultWriter")),

        new("TaskIsNamedLikeItsFunction", "another function", files => Parameters(files, "AuditRun")["FunctionName"] = "${PlanIngestFunctionArn}"),
        new("TaskIsNamedLikeItsFunction", "an ARN", files => Parameters(files, "AuditRun")["FunctionName"] = "arn:aws:lambda:ap-south-1:1:function:AuditRun"),
        new("StateNamesAreWordsOfTheirType", "22 letters", files => Rename(files, "AuditRun", "AuditTheWholeRunOfRows")),
        new("StateNamesAreWordsOfTheirType", "a blank", files => Rename(files, "Ingested", "All Ingested")),
        new("StateNamesAreWordsOfTheirType", "a Choice that asks nothing", files => Rename(files, "HasSlices", "Slices")),
        new("NothingOfAnEnvironmentInDefinitions", "a bucket", files => State(files, "ForEachSlice")["Comment"] = "s3://retaillake-prod/runs"),
        new("NothingOfAnEnvironmentInDefinitions", "a function's ARN", files => State(files, "AuditRun")["Resource"] = "arn:aws:lambda:ap-south-1:123456789012:function:AuditRun"),
        new("PayloadIsTheFunctionsInput", "a member left out", files => Parameters(files, "PlanIngest")["Payload"]!.AsObject().Remove("startedAt.$")),
        new("PayloadIsTheFunctionsInput", "a member too many", files => Parameters(files, "AuditRun")["Payload"]!["slice"] = 1),
        new("WaitingTaskPassesItsToken", "another value", files => Parameters(files, "CopyToRedshift")["Payload"]!["taskToken.$"] = "$.run"),
    ];

    private static JsonObject State(StackFiles files, string name) => files.Machine["States"]![name]!.AsObject();

    private static JsonObject Slice(StackFiles files, string name) => State(files, "ForEachSlice")["ItemProcessor"]!["States"]![name]!.AsObject();

    private static JsonObject Parameters(StackFiles files, string state) => State(files, state)["Parameters"]!.AsObject();

    private static JsonObject Retrier(StackFiles files, string state, int index) => State(files, state)["Retry"]![index]!.AsObject();

    private static void Add(StackFiles files, string name, string type) => files.Machine["States"]![name] = new JsonObject { ["Type"] = type };

    private static void Catch(StackFiles files, string state, string next, params string[] errors) =>
        State(files, state)["Catch"] = new JsonArray(new JsonObject { ["ErrorEquals"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error))]), ["Next"] = next });

    private static void Rename(StackFiles files, string from, string to)
    {
        var states = files.Machine["States"]!.AsObject();
        var state = states[from];
        states.Remove(from);
        states[to] = state;
    }
}
