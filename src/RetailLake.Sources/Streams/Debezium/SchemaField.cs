namespace RetailLake.Sources.Streams.Debezium;

/// <summary>What a Kafka Connect schema says of one field.</summary>
/// <param name="Type"><c>int32</c>, <c>string</c>, <c>bytes</c>…</param>
/// <param name="Name">The meaning, e.g. <c>io.debezium.time.MicroTimestamp</c>; null: none beside the type.</param>
/// <param name="Scale">Of a <c>Decimal</c>.</param>
internal sealed record SchemaField(string Type, string? Name, int? Scale);
