using System.Text.Json.Serialization;
using RetailLake.Core.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Runs;

/// <summary>What one execution will do, decided once (<c>runs/.../plan.json</c>, write-once). Redrive reads it again.</summary>
public sealed record RunPlan
{
    public required string Execution { get; init; }

    public required string Contract { get; init; }

    public required string ContractVersion { get; init; }

    public required string ContractSha256 { get; init; }

    /// <summary>Grows with each plan of the contract; the version of rows that come from windows and snapshots.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The ledger's key: feed and window, or the snapshot's ordinal, or the set of drops, or the offsets.</summary>
    public required string WorkId { get; init; }

    public WorkWindow? Window { get; init; }

    public required IReadOnlyList<PlanSlice> Slices { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The execution whose rejected rows are released by reading its window again.</summary>
    public string? From { get; init; }

    /// <summary>Drops that are told to the ledger and not loaded.</summary>
    public IReadOnlyList<DuplicateDrop> Duplicates { get; init; } = [];

    /// <summary>Record ids of drops that outlived their load; they are deleted with this run's own.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    /// <summary>Only of topics: what is taken of each partition, and from where.</summary>
    public IReadOnlyList<PlanPartition> Partitions { get; init; } = [];

    /// <summary>Drops of all slices, in order.</summary>
    [JsonIgnore]
    public IEnumerable<DropRef> Drops => Slices.SelectMany(slice => slice.Drops ?? []);
}

/// <summary>Half-open [Lo, Hi) over the cursor column, UTC.</summary>
/// <param name="Lo">Null: from the beginning.</param>
/// <param name="Proof">Why no older change can still appear: <c>innodb_trx</c> (open transactions seen) or <c>declared-lag</c> (PROCESS privilege missing).</param>
/// <param name="HeldBackBy">What kept Hi behind now − lag: <c>transaction</c>, <c>statement</c>, <c>heartbeat</c>; null when nothing did.</param>
public sealed record WorkWindow(DateTimeOffset? Lo, DateTimeOffset Hi, string Proof, string? HeldBackBy = null);

/// <summary>The unit of parallel work: rows whose first key column lies in [From, To), or the keys of the whole parent table.</summary>
/// <param name="Number">1-based.</param>
/// <param name="From">Text of the lower bound; null: open.</param>
/// <param name="To">Text of the upper bound; null: open.</param>
/// <param name="ExpectedRows">Rows of the parent table at planning time; an estimate. Drops: landed bytes.</param>
public sealed record PlanSlice(int Number, SliceKind Kind, string? From, string? To, long ExpectedRows)
{
    /// <summary>Only with <see cref="SliceKind.Drops"/>: whole drops, in the order of their versions.</summary>
    public IReadOnlyList<DropRef>? Drops { get; init; }

    /// <summary>Only with <see cref="SliceKind.Segments"/>: landed segments of topics.</summary>
    public IReadOnlyList<PlanSegment>? Segments { get; init; }
}

/// <param name="Position">The next offset after the last load, as the ledger had it; null: nothing was loaded yet. The load asserts that it still is.</param>
/// <param name="First">The first offset that is taken.</param>
/// <param name="Last">The last one, inclusive.</param>
public sealed record PlanPartition(string Topic, int Partition, long? Position, long First, long Last)
{
    [JsonIgnore]
    public TopicPartition Of => new(Topic, Partition);

    /// <summary>Where a partition of which nothing was loaded stands in the load's comparison.</summary>
    public const long Nowhere = -1;
}

/// <param name="Key">Of the landed object.</param>
/// <param name="First">The first offset that is wanted of it: those before were loaded, or stand in another segment of the plan.</param>
/// <param name="Last">Its last one, inclusive.</param>
public sealed record PlanSegment(string Key, string Topic, int Partition, long First, long Last)
{
    [JsonIgnore]
    public TopicPartition Of => new(Topic, Partition);
}

public enum SliceKind
{
    Rows,

    /// <summary>The keys of the parent table, for the sweep of deleted rows.</summary>
    Keys,

    /// <summary>All rows of the listed drops.</summary>
    Drops,

    /// <summary>Records of the listed segments.</summary>
    Segments,
}
