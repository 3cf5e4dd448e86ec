using System.Text.Json.Serialization;

namespace RetailLake.StatesLanguage.Journal;

internal enum RecordKind
{
    None,
    Started,
    StateEntered,
    StateExited,
    StateFailed,
    RetryScheduled,
    WaitArmed,
    TaskScheduled,
    TaskStarted,
    TaskSubmitted,
    TokenReported,
    Heartbeat,
    TaskSucceeded,
    ChildrenStarted,
    ChildStarted,
    ChildSucceeded,
    ChildFailed,
    ChildAborted,
    ChildrenSucceeded,
    MapRunStarted,
    MapRunEnded,
    MapRunRedriven,
    Ended,
    Redriven,
}

/// <summary>
/// One step of an execution: the history event AWS would show, if it has one, and what a restart must know.
/// JSON payloads are kept as text, exactly as they were.
/// </summary>
internal sealed record JournalRecord
{
    [JsonPropertyName("k")]
    public required RecordKind Kind { get; init; }

    /// <summary>The frame: empty for the execution itself, `3` for its fourth iteration or branch, `3/0` below that.</summary>
    [JsonPropertyName("f")]
    public string? Frame { get; init; }

    [JsonPropertyName("t")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("e")]
    public HistoryEvent? Event { get; init; }

    public ExecutionHeader? Header { get; init; }

    public string? State { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? Variables { get; init; }

    public string? Item { get; init; }

    public int? Index { get; init; }

    public int? Count { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    public bool? FromBranch { get; init; }

    public DateTimeOffset? Due { get; init; }

    public long? HeartbeatSeconds { get; init; }

    public string? Token { get; init; }

    public string? MapRunArn { get; init; }

    public ExecutionStatus? Status { get; init; }
}

/// <summary>What never changes in an execution.</summary>
internal sealed record ExecutionHeader
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    public required string MachineArn { get; init; }

    public required string MachineName { get; init; }

    public required string RoleArn { get; init; }

    public required string Input { get; init; }

    public required DateTimeOffset StartDate { get; init; }

    /// <summary>The pinned definition lies under this name; several executions share it.</summary>
    public required string DefinitionSha256 { get; init; }

    public string? MapRunArn { get; init; }

    public string? ParentArn { get; init; }

    public int? ItemIndex { get; init; }

    public string? Item { get; init; }
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(IndexEntry))]
[JsonSerializable(typeof(MapRunPlan))]
internal sealed partial class JournalJson : JsonSerializerContext;
