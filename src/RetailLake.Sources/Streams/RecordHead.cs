namespace RetailLake.Sources.Streams;

/// <summary>What a record is beside its value.</summary>
/// <param name="KeyStart">In the same buffer as the value; −1 when there is no key.</param>
/// <param name="IsAscii">Whether key and value are ASCII.</param>
internal readonly record struct RecordHead(long Offset, long Timestamp, int KeyStart, int KeyLength, bool IsAscii);
