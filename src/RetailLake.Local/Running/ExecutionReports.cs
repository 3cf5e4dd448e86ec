using System.Text.Json.Nodes;
using RetailLake.StatesLanguage;

namespace RetailLake.Local.Running;

/// <summary>From the engine's descriptions and history to what people and scripts read.</summary>
internal static class ExecutionReports
{
    public static ExecutionLine Line(ExecutionSummary summary, string? cause) => new(
        summary.Name, Machine(summary.StateMachineArn), summary.ExecutionArn, Status(summary.Status), summary.StartDate, summary.StopDate, summary.Error, cause, summary.RedriveCount);

    public static string Machine(string stateMachineArn) => stateMachineArn.Split(':')[6];

    public static string Status(ExecutionStatus status) => status == ExecutionStatus.TimedOut ? "TIMED_OUT" : status.ToString().ToUpperInvariant();

    public static ExecutionReport Of(ExecutionDescription description, IReadOnlyList<HistoryEvent> history, IReadOnlyList<ExecutionLine> children) => new(
        Line(description.Summary, description.Cause), description.Input, description.Output, Visits(history),
        description.RedriveStatus switch
        {
            RedriveStatus.Redrivable => "REDRIVABLE",
            RedriveStatus.RedrivableByMapRun => "REDRIVABLE_BY_MAP_RUN",
            _ => "NOT_REDRIVABLE",
        },
        description.RedriveStatusReason, children, Lines(history));

    /// <summary>A state counts from its entry; after a redrive its further attempts belong to the visit that failed.</summary>
    private static List<StateVisit> Visits(IReadOnlyList<HistoryEvent> history)
    {
        var visits = new List<StateVisit>();
        foreach (var happened in history)
        {
            if (happened.Type.EndsWith("StateEntered", StringComparison.Ordinal))
            {
                visits.Add(new(Text(happened, "name") ?? "", happened.Type[..^"StateEntered".Length], happened.Timestamp, null, 0, null, null));
                continue;
            }

            var open = happened.Type.EndsWith("StateExited", StringComparison.Ordinal)
                ? visits.FindLastIndex(visit => visit.Exited is null && visit.State == Text(happened, "name"))
                : visits.FindLastIndex(visit => visit.Exited is null);
            if (open >= 0)
            {
                visits[open] = After(visits[open], happened);
            }
        }

        return visits;
    }

    private static StateVisit After(StateVisit visit, HistoryEvent happened) => happened.Type switch
    {
        _ when happened.Type.EndsWith("StateExited", StringComparison.Ordinal) => visit with { Exited = happened.Timestamp, Error = null, Cause = null },
        "TaskScheduled" or "LambdaFunctionScheduled" or "MapRunStarted" or "MapRunRedriven" => visit with { Attempts = visit.Attempts + 1 },
        "TaskFailed" or "TaskTimedOut" or "TaskStartFailed" or "TaskSubmitFailed" or "LambdaFunctionFailed" or "LambdaFunctionTimedOut" or "MapRunFailed" =>
            visit with { Error = Text(happened, "error"), Cause = Text(happened, "cause") },
        "ExecutionFailed" or "ExecutionTimedOut" or "ExecutionAborted" => visit with { Error = visit.Error ?? Text(happened, "error") ?? happened.Type },
        _ => visit,
    };

    private static List<EventLine> Lines(IReadOnlyList<HistoryEvent> history)
    {
        var lines = new List<EventLine>(history.Count);
        string? state = null;
        foreach (var happened in history)
        {
            state = Text(happened, "name") is { } name && happened.Type.Contains("State", StringComparison.Ordinal) ? name : state;
            lines.Add(new(happened.Id, happened.Timestamp, happened.Type, happened.Type.StartsWith("Execution", StringComparison.Ordinal) ? null : state, Text(happened, "error")));
        }

        return lines;
    }

    private static string? Text(HistoryEvent happened, string name) => happened.Details?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
