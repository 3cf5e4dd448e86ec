namespace RetailLake.Core.Contracts;

/// <summary>How work is cut out of the source.</summary>
public sealed record ExtractSpec
{
    public required ExtractMode Mode { get; init; }

    public DeletePolicy Deletes { get; init; } = DeletePolicy.None;

    /// <summary>Seconds behind now that a window may reach; used alone where open transactions cannot be seen.</summary>
    public int LagSeconds { get; init; } = 5;

    /// <summary>Wanted rows of the parent table per slice.</summary>
    public int SliceRows { get; init; } = 500_000;
}

public enum ExtractMode
{
    /// <summary>Rows whose cursor column lies in a commit-safe window [lo, hi).</summary>
    Window,

    /// <summary>All rows, each time; rows that are gone disappear.</summary>
    Snapshot,
}

public enum DeletePolicy
{
    /// <summary>The source never deletes, or deletions are not wanted.</summary>
    None,

    /// <summary>A column says that the row is deleted (<see cref="ContractTable.SoftDeleteColumn"/>).</summary>
    Soft,

    /// <summary>All keys of the parent table are read in each execution; what is not there is deleted. Always so in snapshot mode.</summary>
    Sweep,
}
