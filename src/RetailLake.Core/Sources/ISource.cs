using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Sources;

/// <summary>A kind of source (ODCS server type): knows how to cut work and how to land it. Databases, drops and topics fit the same two calls.</summary>
public interface ISource
{
    /// <summary>ODCS server type, e.g. <c>mysql</c>.</summary>
    string Type { get; }

    /// <summary>Decides window and slices. Reads the source, changes nothing.</summary>
    Task<SourcePlan> PlanAsync(Contract contract, PlanRequest request, CancellationToken cancellationToken);

    /// <summary>Lands one slice in its original form and says what was landed. Writes data objects only; the caller writes the manifest.</summary>
    Task<LandedManifest> LandAsync(Contract contract, RunPlan plan, PlanSlice slice, ILake lake, string attempt, CancellationToken cancellationToken);
}

/// <param name="Covered">Windows already in the ledger, any order; the next one starts at the end of their contiguous union.</param>
/// <param name="Now">Start of the execution, UTC.</param>
public sealed record PlanRequest(IReadOnlyList<CoveredWindow> Covered, DateTimeOffset Now)
{
    /// <summary>Which drops the ledger has; only needed by feeds of files.</summary>
    public IDropHistory? Drops { get; init; }

    /// <summary>How far topics are loaded; only needed by feeds of topics.</summary>
    public IStreamPositions? Streams { get; init; }

    /// <summary>Rows that are released from quarantine; only of feeds of databases.</summary>
    public ReadAgain? Again { get; init; }
}

/// <summary>A window begins no later than that of an earlier execution; it ends where it would have ended anyway, so that nothing between is left out.</summary>
/// <param name="Execution">The one whose rejected rows are released.</param>
/// <param name="Lo">Start of its window; null: from the beginning. A snapshot has none and reads everything.</param>
public sealed record ReadAgain(string Execution, DateTimeOffset? Lo);

public sealed record CoveredWindow(DateTimeOffset? Lo, DateTimeOffset Hi);

/// <param name="Slices">Empty: nothing to ingest.</param>
public sealed record SourcePlan(WorkWindow? Window, IReadOnlyList<PlanSlice> Slices)
{
    /// <summary>What a person should know and no step acts on: columns that the contract leaves out, a missing index, a window that rests on a declared lag.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Only of topics.</summary>
    public IReadOnlyList<PlanPartition> Partitions { get; init; } = [];

    /// <summary>Drops that the ledger is told about and that are not loaded.</summary>
    public IReadOnlyList<DuplicateDrop> Duplicates { get; init; } = [];

    /// <summary>Ids of drop records that outlived their load.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];
}
