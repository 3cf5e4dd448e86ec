using System.Text.Json.Nodes;

namespace RetailLake.Local.Templates;

/// <summary>What of template.yaml and its nested stacks runs on this machine.</summary>
public sealed record LocalApplication(
    IReadOnlyList<LocalFunction> Functions, IReadOnlyList<LocalStateMachine> StateMachines,
    IReadOnlyList<LocalSchedule> Schedules, IReadOnlyList<LocalRule> Rules, IReadOnlyList<string> NotRun)
{
    /// <summary>What is told when an object appears in the lake, and to whom.</summary>
    public IReadOnlyList<LocalNotification> Notifications { get; init; } = [];

    public IReadOnlyList<LocalQueueReader> QueueReaders { get; init; } = [];

    public IReadOnlyList<LocalTopicMapping> TopicMappings { get; init; } = [];

    public LocalFunction? FunctionByArn(string arn) =>
        Functions.FirstOrDefault(function => function.Arn == arn || arn.StartsWith(function.Arn + ":", StringComparison.Ordinal));

    public LocalStateMachine? StateMachineByArn(string arn) => StateMachines.FirstOrDefault(machine => machine.Arn == arn);
}

/// <param name="Where">File and line, for errors.</param>
public sealed record LocalFunction(
    string LogicalId, string Name, string Arn, string Handler, int MemoryMegabytes, TimeSpan Timeout, IReadOnlyDictionary<string, string> Environment, string Where);

/// <param name="Definition">ASL text with its substitutions made.</param>
/// <param name="StackArguments">What the nested stack was given; empty at the top.</param>
public sealed record LocalStateMachine(
    string LogicalId, string Name, string Arn, string DefinitionFile, string Definition, IReadOnlyDictionary<string, string> StackArguments, string Where);

/// <param name="Expression"><c>rate(…)</c>, <c>cron(…)</c> or <c>at(…)</c>.</param>
/// <param name="Input">JSON text; null: the scheduled event.</param>
public sealed record LocalSchedule(string Name, string Expression, string? Zone, string TargetArn, string? Input, bool Enabled, string Where);

public sealed record LocalRule(string Name, JsonObject Pattern, IReadOnlyList<LocalTarget> Targets, bool Enabled, string Where);

public sealed record LocalTarget(string Arn, string? Input, string? InputPath);

/// <param name="MaxReceiveCount">After so many failures a message goes to the dead letters; 0: it comes again for ever.</param>
public sealed record LocalQueue(string Name, string Arn, TimeSpan VisibilityTimeout, int MaxReceiveCount, string Where);

/// <summary>A function that a queue's messages are given to.</summary>
/// <param name="ReportsItems">Its answer names the messages that failed; otherwise a batch succeeds or fails whole.</param>
public sealed record LocalQueueReader(LocalQueue Queue, string FunctionArn, int BatchSize, TimeSpan Window, bool ReportsItems, string Where);

/// <summary>New objects of a bucket, told to a queue.</summary>
/// <param name="Prefix">Of keys; below <c>drops/</c>.</param>
/// <param name="TopicArn">The topic on the way; null: none.</param>
/// <param name="IsEnveloped">The topic wraps what it passes on.</param>
public sealed record LocalNotification(string Bucket, string Prefix, string Suffix, string? TopicArn, bool IsEnveloped, string QueueArn, string Where);
