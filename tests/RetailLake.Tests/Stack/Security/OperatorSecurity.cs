using System.Text.Json.Nodes;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Security;

/// <summary>The policy of people who act on alarms is what docs/runbook tells them to do, action by action.</summary>
internal static class OperatorSecurity
{
    private const string Operations = "stacks/operations.template.yaml";

    private const string States = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:";

    private const string Logs = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:";

    private const string ThroughSqs = " through SQS";

    private static readonly (string Task, string[] Actions, string[] Resources)[] Tasks =
    [
        ("redrive, or stop what hangs", ["states:RedriveExecution", "states:StopExecution", "states:DescribeExecution", "states:GetExecutionHistory"], ["execution:*-ingest:*", "execution:*-pull:*"]),
        ("find the Map Run of an execution", ["states:ListMapRuns"], ["execution:*-ingest:*", "execution:*-pull:*"]),
        ("find what failed in a Map Run", ["states:DescribeMapRun", "states:ListExecutions"], ["mapRun:*-ingest/*", "mapRun:*-pull/*"]),
        ("read why a slice failed", ["states:DescribeExecution", "states:GetExecutionHistory"], ["execution:*-ingest/*", "execution:*-pull/*"]),
        ("find an execution", ["states:DescribeStateMachine", "states:ListExecutions"], ["stateMachine:*-ingest", "stateMachine:*-pull"]),
        ("rerun, release", ["lambda:InvokeFunction"], ["StartIngestFunctionArn", "ReleaseQuarantineFunctionArn"]),
        ("move dead letters back", ["sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks"], ["DropDeadLettersArn"]),
        ("move dead letters back", ["sqs:SendMessage"], ["DropQueueArn"]),
        ("read and clear dead letters", ["sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage"], ["DropDeadLettersArn", "StartIngestDeadLettersArn", "WakeFeedDeadLettersArn", "CompleteLoadDeadLettersArn"]),
        ("read and move dead letters", ["kms:Decrypt", "kms:GenerateDataKey"], [$"LakeKeyArn{ThroughSqs}"]),
        ("read logs", ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"], ["log-group:/aws/lambda/*", "log-group:/aws/vendedlogs/states/*"]),
    ];

    private static readonly List<(string Action, string Resource)> Needed =
        [.. Tasks.SelectMany(task => task.Actions.SelectMany(action => task.Resources.Select(resource => (action, resource))))];

    public static IReadOnlyList<StackRule> All { get; } =
    [
        Expanded.Rule("OperatorsMayDoWhatTheRunbookSays", stack =>
            from task in Tasks
            from action in task.Actions
            from resource in task.Resources
            where !Granted(stack).Contains((action, resource))
            select $"operators may not {task.Task}: {action} on {resource}"),

        Expanded.Rule("OperatorsMayDoNothingElse", stack => Granted(stack).Except(Needed).Select(grant => $"operators may {grant.Action} on {grant.Resource}, which the runbook does not ask for")),
    ];

    public static IReadOnlyList<Mutation> Mutations { get; } =
    [
        Mutation.OfText("OperatorsMayDoWhatTheRunbookSays", "no rerun", Operations, "[!Ref StartIngestFunctionArn, !Ref ReleaseQuarantineFunctionArn]", "[!Ref ReleaseQuarantineFunctionArn]"),
        Mutation.OfText("OperatorsMayDoWhatTheRunbookSays", "slices unseen", Operations, ":execution:*-ingest/*", ":execution:*-ingest:*"),
        Mutation.OfText("OperatorsMayDoWhatTheRunbookSays", "Map Runs unseen", Operations, "states:GetExecutionHistory, states:ListMapRuns]", "states:GetExecutionHistory]"),
        Mutation.OfText("OperatorsMayDoWhatTheRunbookSays", "letters that stay", Operations, "[!Ref StartIngestDeadLettersArn, !Ref WakeFeedDeadLettersArn, !Ref CompleteLoadDeadLettersArn]", "[!Ref StartIngestDeadLettersArn]"),
        Mutation.OfText("OperatorsMayDoNothingElse", "any function", Operations, "[!Ref StartIngestFunctionArn, !Ref ReleaseQuarantineFunctionArn]", "[!Ref StartIngestFunctionArn, !Ref ReleaseQuarantineFunctionArn, !Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*']"),
        Mutation.OfText("OperatorsMayDoNothingElse", "machines past StartIngest", Operations, "Action: [states:DescribeStateMachine, ", "Action: [states:DescribeStateMachine, states:StartExecution, "),
        Mutation.OfText("OperatorsMayDoNothingElse", "rows by the key", Operations, "            Condition:\n              StringEquals: { kms:ViaService: !Sub 'sqs.${AWS::Region}.amazonaws.com' }\n", ""),
        Mutation.OfText("OperatorsMayDoNothingElse", "machines of others", Operations, "stateMachine:*-ingest", "stateMachine:*"),
    ];

    private static HashSet<(string Action, string Resource)> Granted(Expanded stack) =>
    [
        .. from statement in PolicyStatement.Of(stack.Named("OperatorPolicy")!)
           from action in statement.Actions
           from resource in statement.Resources
           select (action, Name(resource) + (statement.Condition("StringEquals", "kms:ViaService")?.Contains("sqs.${AWS::Region}.amazonaws.com", StringComparison.Ordinal) == true ? ThroughSqs : "")),
    ];

    /// <summary>A parameter, or an ARN without what is the same for all of this account and region.</summary>
    private static string Name(JsonNode resource) => (string?)(resource as JsonObject)?["Ref"]
        ?? ((string?)(resource as JsonObject)?["Fn::Sub"] ?? resource.ToJsonString()).Replace(States, "", StringComparison.Ordinal).Replace(Logs, "", StringComparison.Ordinal);
}
