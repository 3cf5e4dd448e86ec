using RetailLake.StatesLanguage.Running;

namespace RetailLake.StatesLanguage;

/// <summary>Whether an execution may be redriven, with AWS's reasons.</summary>
internal static class Redrivability
{
    // AWS keeps room for ExecutionRedriven and one more event.
    private const long MostEvents = ExecutionRun.EventLimit - 1;

    public static (RedriveStatus Status, string? Reason) Of(ExecutionSummary summary, DateTimeOffset now)
    {
        if (summary.Status is ExecutionStatus.Running or ExecutionStatus.Succeeded)
        {
            return (RedriveStatus.NotRedrivable, $"Execution is {WireNames.Of(summary.Status)} and cannot be redriven.");
        }

        if (summary.LastEventId >= MostEvents)
        {
            return (RedriveStatus.NotRedrivable, "Execution history event limit exceeded.");
        }

        if (now - summary.StopDate > TimeSpan.FromDays(14))
        {
            return (RedriveStatus.NotRedrivable, "Execution redrivable period exceeded.");
        }

        if (now - summary.StartDate > TimeSpan.FromDays(365))
        {
            return (RedriveStatus.NotRedrivable, "Execution has exceeded the max execution time.");
        }

        return summary.MapRunArn is null
            ? (RedriveStatus.Redrivable, null)
            : (RedriveStatus.RedrivableByMapRun, "It is a child of a Map Run, which is redriven with the execution that owns it.");
    }

    public static string Advice(ExecutionSummary summary) => summary switch
    {
        { Status: ExecutionStatus.Running } => "Wait for it, or stop it first.",
        { Status: ExecutionStatus.Succeeded } => "Start a new execution if the work is to be done again.",
        { MapRunArn: not null } => "Redrive the parent execution.",
        _ => "Start a new execution.",
    };
}
