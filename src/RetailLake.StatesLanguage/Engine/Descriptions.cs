namespace RetailLake.StatesLanguage;

public enum ExecutionStatus
{
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

public enum RedriveStatus
{
    NotRedrivable,
    Redrivable,

    /// <summary>A child of a Map Run: it is redriven with the execution that owns the Map Run.</summary>
    RedrivableByMapRun,
}

public sealed record StateMachineDescription(string Name, string Arn, string RoleArn, string Definition, string DefinitionSha256, DateTimeOffset CreationDate);

public sealed record StartedExecution(string ExecutionArn, DateTimeOffset StartDate);

public sealed record ExecutionSummary
{
    public required string ExecutionArn { get; init; }

    public required string StateMachineArn { get; init; }

    public required string Name { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required DateTimeOffset StartDate { get; init; }

    public DateTimeOffset? StopDate { get; init; }

    public string? MapRunArn { get; init; }

    public int? ItemIndex { get; init; }

    public int RedriveCount { get; init; }

    public DateTimeOffset? RedriveDate { get; init; }

    public string? Error { get; init; }

    /// <summary>Id of the last history event; a redrive needs room below 25,000.</summary>
    public long LastEventId { get; init; }
}

public sealed record ExecutionDescription
{
    public required ExecutionSummary Summary { get; init; }

    public required string Input { get; init; }

    public string? Output { get; init; }

    public string? Cause { get; init; }

    public required RedriveStatus RedriveStatus { get; init; }

    public string? RedriveStatusReason { get; init; }

    /// <summary>The definition that was pinned when the execution started; a redrive uses this one, whatever is registered since.</summary>
    public required string Definition { get; init; }

    public required string DefinitionSha256 { get; init; }

    /// <summary>False when the machine has been registered with another definition since.</summary>
    public required bool DefinitionIsCurrent { get; init; }

    public ExecutionStatus Status => Summary.Status;

    public string? Error => Summary.Error;
}

public enum MapRunStatus
{
    Running,
    Succeeded,
    Failed,
    Aborted,
}

public sealed record MapRunSummary(string MapRunArn, string ExecutionArn, string StateMachineArn, MapRunStatus Status, DateTimeOffset StartDate, DateTimeOffset? StopDate, int RedriveCount, int ItemCount);

public sealed record MapRunDescription
{
    public required MapRunSummary Summary { get; init; }

    public required int MaxConcurrency { get; init; }

    public required long ToleratedFailureCount { get; init; }

    public required double ToleratedFailurePercentage { get; init; }

    public required int Pending { get; init; }

    public required int Running { get; init; }

    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    public required int TimedOut { get; init; }

    public required int Aborted { get; init; }
}

public sealed record RedrivenExecution(string ExecutionArn, DateTimeOffset RedriveDate, int RedriveCount, string DefinitionSha256, bool DefinitionIsCurrent);

/// <summary>The content of EventBridge's "Step Functions Execution Status Change".</summary>
public sealed record ExecutionStatusChange(ExecutionSummary Execution, string Input, string? Output, string? Cause);
