namespace RetailLake.Local.Running;

/// <param name="Feed">Null: every feed of the source.</param>
public sealed record FeedRequest(string Source, string? Feed);

/// <summary>What one execution of a feed came to.</summary>
/// <param name="Execution">Empty when none was started.</param>
/// <param name="Outcome">Loaded | NothingToIngest | Superseded | Failed | Refused (its contract is not right).</param>
/// <param name="Error">Class of the first failure; of a slice's when slices failed.</param>
/// <param name="Load">Null when nothing was loaded.</param>
public sealed record FeedOutcome(
    string Contract, string Execution, string Machine, string Status, string Outcome, string? FailedState, string? Error, string? Cause, LoadReport? Load, TimeSpan Duration)
{
    public bool Succeeded => Status == "SUCCEEDED";

    public long? RowsPerSecond => Load is { } load && load.Hops["landed"] > 0 && Duration > TimeSpan.Zero ? (long)(load.Hops["landed"] / Duration.TotalSeconds) : null;
}
