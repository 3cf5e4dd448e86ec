namespace RetailLake.Local.Running;

/// <summary>One drop as a person asks for it.</summary>
/// <param name="State"><c>pending</c>: landed, no load has taken it; otherwise the ledger's outcome: loaded | superseded | duplicate | refused; <c>released</c>: its record is missing, release it again.</param>
/// <param name="Name">The sender's name, as it came.</param>
/// <param name="Why">Refused: code and message. Duplicate, or repeating another file's content: that file's name.</param>
/// <param name="At">When it arrived, or when the load took it.</param>
public sealed record DropReport(string Contract, string Id, string Name, string State, long Version, long Bytes, long Rows, string? Why, string? Execution, DateTimeOffset At)
{
    /// <summary>How often it was released from quarantine.</summary>
    public long Releases { get; init; }

    /// <summary>Who released it last.</summary>
    public string? ReleasedBy { get; init; }
}

/// <summary>Drops by what became of them.</summary>
public sealed record DropCounts(long Loaded, long Superseded, long Duplicate, long Refused)
{
    /// <summary>Of these, those that were released afterwards, to be loaded once more.</summary>
    public long Released { get; init; }
}
