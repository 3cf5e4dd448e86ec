namespace RetailLake.Local.Running;

/// <summary>One drop as a person asks for it.</summary>
/// <param name="State"><c>pending</c>: landed, no load has taken it; otherwise the ledger's outcome: loaded | superseded | duplicate | refused.</param>
/// <param name="Name">The sender's name, as it came.</param>
/// <param name="Why">Refused: code and message. Duplicate, or repeating another file's content: that file's name.</param>
/// <param name="At">When it arrived, or when the load took it.</param>
public sealed record DropReport(string Contract, string Id, string Name, string State, long Version, long Bytes, long Rows, string? Why, string? Execution, DateTimeOffset At);

/// <summary>Drops by what became of them.</summary>
public sealed record DropCounts(long Loaded, long Superseded, long Duplicate, long Refused);
