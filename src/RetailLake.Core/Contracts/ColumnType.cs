namespace RetailLake.Core.Contracts;

/// <summary>What a column's text becomes: parser, Parquet type and warehouse type follow from it.</summary>
/// <param name="SourceType">The type as the source spells it, lower case, e.g. <c>decimal(12,2)</c>, <c>bigint unsigned</c>.</param>
public sealed record ColumnType(ColumnKind Kind, string SourceType)
{
    /// <summary>Length of a personal-data token: 128 bits in base64url.</summary>
    public const int TokenBytes = 22;

    /// <summary>Bytes of the longest text that any column takes: Redshift's widest VARCHAR.</summary>
    public const int WidestText = 65_535;

    /// <summary>Decimal: total digits, at most 38.</summary>
    public int Precision { get; init; }

    /// <summary>Decimal: digits after the point. Timestamp: digits of the second's fraction, at most 6.</summary>
    public int Scale { get; init; }

    /// <summary>Text, Json and Binary: the longest value in bytes (VARCHAR is sized in bytes), at most 65,535.</summary>
    public int MaxBytes { get; init; }

    /// <summary>Timestamp: IANA zone of the wall clock in the source; values become UTC. Null: the text is UTC already.</summary>
    public string? Zone { get; init; }
}

public enum ColumnKind
{
    Boolean,
    Int32,
    Int64,

    /// <summary>Exact; Parquet INT32, INT64 or FIXED_LEN_BYTE_ARRAY(16) by precision.</summary>
    Decimal,
    Double,
    Date,

    /// <summary>Microseconds since 1970, UTC.</summary>
    Timestamp,

    /// <summary>Microseconds since midnight, below 24 h.</summary>
    Time,
    Text,

    /// <summary>Text that must be well-formed JSON.</summary>
    Json,

    /// <summary>Bytes, in the warehouse as lower-case hex text.</summary>
    Binary,
}
