namespace RetailLake.Sources.Streams.Debezium;

/// <summary>How a change event writes a column's value.</summary>
internal enum Coding
{
    /// <summary>Whatever it is, it cannot be taken exactly.</summary>
    Refused,

    /// <summary>A number, or a flag.</summary>
    Plain,
    Text,

    /// <summary>Exact digits, as a number or as text.</summary>
    Digits,

    /// <summary>Base64 of the unscaled number, big-endian two's complement.</summary>
    Unscaled,

    /// <summary>As <see cref="Unscaled"/>, or digits as a number: the schema says that it is exact.</summary>
    UnscaledOrDigits,

    /// <summary>A number, or as <see cref="Unscaled"/>: <c>bigint.unsigned.handling.mode</c>.</summary>
    PlainOrUnscaled,
    Days,
    EpochMillis,
    EpochMicros,
    EpochNanos,
    ClockMillis,
    ClockMicros,
    ClockNanos,

    /// <summary>ISO text with a Z that says nothing: the source's own date, time or wall clock.</summary>
    Iso,

    /// <summary>ISO text with its offset: an instant.</summary>
    Zoned,

    /// <summary>Base64 of little-endian bytes.</summary>
    Bits,
    Base64,
    Base64Url,
    Hex,
}
