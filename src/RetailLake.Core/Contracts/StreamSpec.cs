namespace RetailLake.Core.Contracts;

/// <summary>Which Kafka topics a feed is read from, and how its records become rows.</summary>
/// <param name="Topic">The topic's whole name; no other feed has it. Null: every table has a topic of its own, <see cref="ContractTable.Record"/>.</param>
public sealed record StreamSpec(string? Topic, StreamFormat Format)
{
    /// <summary>What puts two versions of a row in order, whatever order they arrive in.</summary>
    public StreamVersion Version { get; init; } = Format == StreamFormat.Json ? StreamVersion.Offset : StreamVersion.Position;

    /// <summary>The parent's column that holds the version; only with <see cref="StreamVersion.Column"/>.</summary>
    public string? VersionColumn { get; init; }

    /// <summary>The parent's timestamp that says when the event happened; null: the record's own.</summary>
    public string? EventTimeColumn { get; init; }

    /// <summary>JSON: the parent's columns that the record's key holds, so that a tombstone deletes their row. Empty: a tombstone is a reject.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Topics that land here and hold no rows: heartbeats, schema changes, transactions. Their records are counted.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>A record of more bytes is a reject. Kafka's own default limit is a mebibyte.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>A unit whose rows have not all come after so many hours is marked, counted and shown; it is published when they come.</summary>
    public int HoldHours { get; init; } = 24;

    /// <summary>A missing offset fails the run. Compaction and transactions leave honest holes, so by default they are only counted.</summary>
    public bool RefusesGaps { get; init; }

    /// <summary>Debezium: how values are written where an event brings no schema.</summary>
    public DebeziumEncoding Encoding { get; init; } = new();
}

public enum StreamFormat
{
    /// <summary>A record's value is one JSON object.</summary>
    Json,

    /// <summary>A record is a change event of Debezium: enveloped with or without its schema, or flattened.</summary>
    Debezium,
}

public enum StreamVersion
{
    /// <summary>The record's offset: the order within its partition, where equal keys go.</summary>
    Offset,

    /// <summary>JSON: an integer or timestamp of the parent.</summary>
    Column,

    /// <summary>Debezium: the position in the source's binary log. It begins anew on another server.</summary>
    Position,
}

/// <summary>The connector's settings that its events do not show without a schema.</summary>
public sealed record DebeziumEncoding(
    DebeziumDecimals Decimals = DebeziumDecimals.Precise, DebeziumTimes Times = DebeziumTimes.AdaptiveMicroseconds, DebeziumBinary Binary = DebeziumBinary.Bytes);

/// <summary><c>decimal.handling.mode</c>; its <c>double</c> loses digits and is refused.</summary>
public enum DebeziumDecimals
{
    /// <summary>Base64 of the unscaled number; the scale is the column's.</summary>
    Precise,

    /// <summary><c>precise</c> with the converter's <c>decimal.format=NUMERIC</c>.</summary>
    Numeric,
    String,
}

/// <summary><c>time.precision.mode</c>. <c>timestamp</c> columns are ISO text in all of them.</summary>
public enum DebeziumTimes
{
    AdaptiveMicroseconds,
    Adaptive,
    Connect,
    Iso,
    Microseconds,
    Nanoseconds,
}

/// <summary><c>binary.handling.mode</c></summary>
public enum DebeziumBinary
{
    /// <summary>Bytes, which JSON writes as Base64.</summary>
    Bytes,
    Base64,
    Base64UrlSafe,
    Hex,
}
