namespace RetailLake.Local.Demo.Pos;

/// <summary>What a till hands to Kafka.</summary>
/// <param name="Timestamp">Milliseconds since 1970: when the till sent it.</param>
public sealed record TillRecord(int Partition, long Timestamp, byte[] Key, byte[] Value);
