using System.Text.Json.Serialization;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Runs;

/// <summary>Rows of one table and the sums of its control-total columns, exact.</summary>
public sealed record TableTotals(string Table, long Rows, IReadOnlyDictionary<string, decimal> Sums);

/// <summary>What LandSlice produced. Written last, with If-None-Match: the first one wins.</summary>
/// <param name="Source">Computed by the source itself, in the snapshot that was read.</param>
/// <param name="Landed">Computed from the bytes that were landed.</param>
public sealed record LandedManifest(int Slice, IReadOnlyList<LandedTable> Tables, IReadOnlyList<TableTotals> Source, IReadOnlyList<TableTotals> Landed)
{
    /// <summary>Only of slices of drops: what became of each, in the plan's order. Refused ones count in no total.</summary>
    public IReadOnlyList<LandedDrop>? Drops { get; init; }

    /// <summary>The rows of all drops of the slice, where their own format is dear to read; null where validation and encoding read the drops themselves.</summary>
    public LakeObject? Extract { get; init; }

    /// <summary>Only of slices of segments, in the plan's order; the segments themselves are among <see cref="Drops"/>.</summary>
    public IReadOnlyList<LandedOffsets>? Offsets { get; init; }
}

/// <summary>What was taken of one segment.</summary>
/// <param name="First">The first offset that was wanted.</param>
/// <param name="Records">So many offsets have a record.</param>
/// <param name="Skipped">Records that give no row, by their nature or by the contract.</param>
/// <param name="FirstEvent">Milliseconds since 1970, UTC; null when no record says.</param>
public sealed record LandedOffsets(string Topic, int Partition, long First, long Last, long Records, long Skipped, long? FirstEvent, long? LastEvent);

/// <param name="Rows">Rows by table; empty when refused.</param>
/// <param name="Skipped">Records that the contract tells to skip, by type.</param>
/// <param name="Refused">Why the whole drop is not taken; null when it is.</param>
public sealed record LandedDrop(DropRef Drop, IReadOnlyList<TableTotals> Rows, IReadOnlyDictionary<string, long> Skipped, DropRefusal? Refused = null)
{
    /// <summary>Where its rows stand in <see cref="LandedManifest.Extract"/>.</summary>
    public DropExtract? Extract { get; init; }

    /// <summary>What headers and the name say it is the whole truth about (<see cref="Rows.Drops.DocumentScopes"/>); null where only rows can say it.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Scopes { get; init; }
}

/// <param name="Start">First byte.</param>
public sealed record DropExtract(long Start, long Bytes);

/// <param name="Code">See <see cref="DropRefusalCode"/>.</param>
/// <param name="Message">Found what, where, expected what; without values of rows.</param>
public sealed record DropRefusal(string Code, string Message);

/// <param name="Format">How the object is read: <c>mysql-tab</c> (mysqldump --tab dialect, one field per contract column in order, gzip) or
/// <c>mysql-keys</c>; <c>drops</c>: the rows of this table in all drops of the slice that were not refused.</param>
/// <param name="Object">Null for <c>drops</c>: they are listed once, in <see cref="LandedManifest.Drops"/>.</param>
public sealed record LandedTable(string Table, string Format, LakeObject? Object, long Rows)
{
    /// <summary>How a table of drops is read.</summary>
    public const string DropsFormat = "drops";

    /// <summary>For messages: the object's key, or which drops.</summary>
    [JsonIgnore]
    public string Place => Object?.Key ?? $"{Table} ({Format})";

    /// <exception cref="ObjectDamagedException">The manifest lists none although the format has one.</exception>
    [JsonIgnore]
    public LakeObject ListedObject => Object ?? throw new ObjectDamagedException(
        $"Found no object for table '{Table}' of format '{Format}' in a landed manifest; only '{DropsFormat}' has none.",
        "Nothing was published.",
        "Start the work again with 'lake rerun'.");
}

/// <summary>What ValidateSlice found: a bitmap of verdicts per table and the rejects.</summary>
public sealed record ValidatedManifest(int Slice, IReadOnlyList<ValidatedTable> Tables, IReadOnlyList<TableTotals> Valid, IReadOnlyList<TableTotals> Rejected);

/// <param name="Verdicts">One bit per row in landing order, least significant first, 1 = valid; null when all rows are valid.</param>
/// <param name="Rejects">NDJSON, gzip; null when none.</param>
/// <param name="Reasons">Rejected rows by reason code (a row with two reasons counts in both).</param>
/// <param name="NullCounts">NULLs per column among the valid rows, for table rules.</param>
public sealed record ValidatedTable(
    string Table, long LandedRows, long ValidRows, long RejectedRows, LakeObject? Verdicts, LakeObject? Rejects,
    IReadOnlyDictionary<string, long> Reasons, IReadOnlyDictionary<string, long> NullCounts);

/// <summary>What TransformSlice encoded: one Parquet object per table that has valid rows.</summary>
public sealed record CuratedManifest(int Slice, IReadOnlyList<CuratedTable> Tables, IReadOnlyList<TableTotals> Curated);

/// <param name="Kind">rows: all contract columns; keys: the key columns of a sweep; drops: all contract columns, and behind them those of <see cref="DropRef"/>.</param>
public sealed record CuratedTable(string Table, SliceKind Kind, LakeObject Object, long Rows);

/// <summary>AuditRun's verdict on the whole run: what is loaded, and what the load must find.</summary>
public sealed record AuditReport(
    string WorkId, IReadOnlyList<AuditedTable> Tables, bool HasKeySweep)
{
    /// <summary>Only of feeds of files: what became of each drop, as the load stages it.</summary>
    public AuditedDrops? Drops { get; init; }

    /// <summary>Only of topics: what is taken of each partition.</summary>
    public IReadOnlyList<AuditedPartition> Partitions { get; init; } = [];

    public long LandedRows => Tables.Sum(table => table.Landed.Rows);

    public long RejectedRows => Tables.Sum(table => table.Rejected.Rows);

    public long ValidRows => Tables.Sum(table => table.Valid.Rows);
}

/// <summary>The drops of a run, refused ones and duplicates too, as one Parquet object.</summary>
/// <param name="LowestVersion">Of the drops that are loaded: rows of the warehouse below it cannot be newer than theirs. Null: none is loaded.</param>
/// <param name="Left">Record ids that this run leaves to the next plan.</param>
public sealed record AuditedDrops(LakeObject Object, long Rows, long? LowestVersion, IReadOnlyList<string> Left);

/// <param name="Gaps">Offsets without a record between the position and the last: compaction and transactions leave them.</param>
/// <param name="FirstEvent">Milliseconds since 1970, UTC; null when no record says.</param>
public sealed record AuditedPartition(PlanPartition Planned, long Records, long Skipped, long Gaps, long? FirstEvent, long? LastEvent);

/// <param name="Files">Curated Parquet objects with rows, in slice order.</param>
/// <param name="KeyFiles">Curated key objects of the sweep (parent table only).</param>
/// <param name="KeyRows">Keys in <paramref name="KeyFiles"/>.</param>
public sealed record AuditedTable(
    string Table, TableTotals Source, TableTotals Landed, TableTotals Valid, TableTotals Rejected,
    IReadOnlyList<CuratedTable> Files, IReadOnlyList<CuratedTable> KeyFiles, long KeyRows);
