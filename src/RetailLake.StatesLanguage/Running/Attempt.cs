namespace RetailLake.StatesLanguage.Running;

/// <summary>The attempt of a Task that is in flight.</summary>
internal sealed class Attempt(DateTimeOffset at, DateTimeOffset? deadline, long? heartbeatSeconds, string? token)
{
    public DateTimeOffset? Deadline { get; } = deadline;

    public string? Token { get; } = token;

    public DateTimeOffset LastHeartbeat { get; set; } = at;

    public bool Submitted { get; set; }

    /// <summary>What SendTaskSuccess or SendTaskFailure said, perhaps before the submitting invocation returned.</summary>
    public TokenReport? Report { get; set; }

    /// <summary>Completed and replaced whenever a report or heartbeat arrives.</summary>
    public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset? HeartbeatDue => heartbeatSeconds is { } seconds ? LastHeartbeat.AddSeconds(seconds) : null;
}

internal sealed record TokenReport(string? Output, string? Error, string? Cause);
