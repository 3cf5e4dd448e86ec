namespace RetailLake.Sources.Streams;

/// <summary>What a record is beside its value.</summary>
/// <param name="KeyStart">In the same buffer as the value; −1 when there is no key.</param>
/// <param name="IsAscii">Whether key and value are ASCII.</param>
/// <param name="Timestamp">Milliseconds since 1970, UTC; −1 when the record has none that is a time.</param>
internal readonly record struct RecordHead(long Offset, long Timestamp, int KeyStart, int KeyLength, bool IsAscii)
{
    /// <summary>Of the year 9999.</summary>
    public const long LastMillis = 253_402_300_799_999;
}
