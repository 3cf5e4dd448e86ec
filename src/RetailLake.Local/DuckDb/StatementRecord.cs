namespace RetailLake.Local.DuckDb;

/// <summary>What is known of a submitted batch; states as the Redshift Data API names them.</summary>
public sealed record StatementRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required StatementState State { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the status event has been handled.</summary>
    public bool Delivered { get; init; }
}

public enum StatementState
{
    Submitted,
    Finished,
    Failed,
    Aborted,
}
