using RetailLake.Core.Quarantine;

namespace RetailLake.Functions;

/// <param name="Feed">Null: every feed of the source.</param>
/// <param name="Tick">When the schedule was due, or the wake-up happened; names the executions.</param>
public sealed record StartIngestInput(string Source, string? Feed = null, DateTimeOffset? Tick = null);

public sealed record StartIngestOutput(IReadOnlyList<StartedFeed> Feeds);

/// <param name="Outcome">Started | AlreadyStarted (same name) | AlreadyRunning (another execution of the feed; its successor finds what is pending) | Refused (its contract is not right).</param>
public sealed record StartedFeed(string Feed, string Execution, StartOutcome Outcome);

public enum StartOutcome
{
    Started,
    AlreadyStarted,
    AlreadyRunning,
    Refused,
}

/// <param name="Execution">Name of the execution.</param>
/// <param name="Request">The execution's whole input.</param>
public sealed record PlanIngestInput(string Source, string Feed, string Execution, DateTimeOffset StartedAt, IngestRequest? Request = null);

/// <param name="From">An execution whose rejected rows are released: the window begins no later than that one's.</param>
public sealed record IngestRequest(string? From = null);

/// <param name="Execution">The run that refused or rejected; null: all of the feed.</param>
/// <param name="Drops">Ids or names of drops; null: those that were refused, and those with rejected rows.</param>
/// <param name="By">Who asks; kept in the ledger.</param>
public sealed record ReleaseQuarantineInput(string Source, string Feed, string? Execution = null, IReadOnlyList<string>? Drops = null, string? By = null);

/// <param name="From">Feeds of databases: the execution whose window is read again. Null for drops.</param>
/// <param name="Started">The execution that takes them; drops that it was started too early for are taken by the one after.</param>
public sealed record ReleaseQuarantineOutput(string Contract, IReadOnlyList<ReleasedDrop> Drops, string? From, StartedFeed Started)
{
    /// <summary>Of a whole feed: drops that stay where they are, and why.</summary>
    public IReadOnlyList<LeftDrop> Left { get; init; } = [];
}

/// <param name="Release">1-based; how often the drop was released.</param>
public sealed record ReleasedDrop(string Id, string Name, int Release);

/// <param name="Run">The run's folder; every later state gets it.</param>
/// <param name="WasPlanned">The stored plan was reused.</param>
public sealed record PlanIngestOutput(string Run, int SliceCount, string SlicesKey, string MapPrefix, long Ordinal, string WorkId, bool WasPlanned);

public sealed record SliceInput(string Run, int Slice);

/// <summary>A slice's counts after a step; its manifest lies in the run's folder.</summary>
public sealed record SliceOutput(string Run, int Slice, string Manifest, long Rows, long Rejected = 0);

public sealed record RunInput(string Run);

public sealed record AuditRunOutput(string Run, long LandedRows, long ValidRows, long RejectedRows);

public sealed record CopyToRedshiftInput(string Run, string TaskToken);

public sealed record CopyToRedshiftOutput(string Run, string StatementId);

/// <summary>What CompleteLoad gives the waiting state.</summary>
/// <param name="Outcome">Loaded | Superseded.</param>
/// <param name="ExportSequence">The Manthan file to build; absent when the contract declares none or nothing was published.</param>
public sealed record LoadOutput(string Run, string Outcome, string WorkId, long PublishedRows, long? ExportSequence);

/// <summary>EventBridge event of a Redshift Data API statement, the members that are used.</summary>
public sealed record StatementEvent(StatementEventDetail Detail);

public sealed record StatementEventDetail(string StatementName, string StatementId, string State);

/// <param name="Handled">False: the token was unknown or late, which is no error.</param>
public sealed record CompleteLoadOutput(bool Handled, string Outcome);

public sealed record RegisterPartitionsOutput(string Run, int Partitions);

public sealed record ManthanFeedInput(string Run, long ExportSequence);

public sealed record ManthanFeedOutput(string Run, long ExportSequence, string File, long Rows, long Bytes);

/// <param name="Contracts">Ids; null: all.</param>
public sealed record MigrateWarehouseInput(IReadOnlyList<string>? Contracts = null);

public sealed record MigrateWarehouseOutput(int Contracts);

/// <summary>A batch of SQS, the members that are used.</summary>
public sealed record QueueBatchInput(IReadOnlyList<QueueMessage> Records);

/// <param name="Body">S3's notification, bare or in SNS's envelope.</param>
public sealed record QueueMessage(string MessageId, string Body);

/// <summary>SQS's partial batch response: the named messages come again, the others are done.</summary>
public sealed record QueueBatchOutput(IReadOnlyList<QueueItemFailure> BatchItemFailures);

public sealed record QueueItemFailure(string ItemIdentifier);

/// <summary>EventBridge event of an execution, the members that are used.</summary>
public sealed record ExecutionStatusEvent(ExecutionStatusDetail Detail);

/// <param name="Input">JSON as text; null when it was too long to be carried.</param>
public sealed record ExecutionStatusDetail(string Status, string? Input = null, string? ExecutionArn = null);

public sealed record WakeFeedOutput(WakeOutcome Outcome, StartedFeed? Feed = null);

public enum WakeOutcome
{
    Woken,
    NothingPending,
    NotAFeedOfFiles,
}
