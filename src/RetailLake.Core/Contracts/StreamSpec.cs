namespace RetailLake.Core.Contracts;

/// <summary>Which Kafka topic a feed is read from, and what its records are.</summary>
/// <param name="Topic">The topic's whole name; no other feed has it.</param>
public sealed record StreamSpec(string Topic, StreamFormat Format);

public enum StreamFormat
{
    /// <summary>A record's value is one JSON object.</summary>
    Json,

    /// <summary>A record is a change event in Debezium's envelope, with or without its schema.</summary>
    Debezium,
}
