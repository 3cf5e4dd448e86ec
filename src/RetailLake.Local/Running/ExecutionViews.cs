namespace RetailLake.Local.Running;

/// <param name="Status">RUNNING | SUCCEEDED | FAILED | TIMED_OUT | ABORTED | PENDING_REDRIVE.</param>
public sealed record ExecutionLine(
    string Name, string Machine, string Arn, string Status, DateTimeOffset Started, DateTimeOffset? Stopped, string? Error, string? Cause, int RedriveCount)
{
    public bool IsOver => Status is not ("RUNNING" or "PENDING_REDRIVE");

    public bool Succeeded => Status == "SUCCEEDED";
}

/// <param name="RedriveStatus">REDRIVABLE | NOT_REDRIVABLE, as DescribeExecution says.</param>
/// <param name="Children">Executions of Map Runs that did not succeed, or all of them while it runs.</param>
public sealed record ExecutionReport(
    ExecutionLine Summary, string? Input, string? Output, IReadOnlyList<StateVisit> States, string RedriveStatus, string? RedriveStatusReason,
    IReadOnlyList<ExecutionLine> Children, IReadOnlyList<EventLine> Events);

/// <summary>One visit of one state.</summary>
public sealed record StateVisit(string State, string Type, DateTimeOffset Entered, DateTimeOffset? Exited, int Attempts, string? Error, string? Cause);

public sealed record EventLine(long Id, DateTimeOffset At, string Type, string? State, string? Error);

/// <param name="Source">Source or state machine; null: all.</param>
public sealed record ExecutionFilter(string? Source = null, string? Feed = null, string? Status = null, int Limit = 50);
