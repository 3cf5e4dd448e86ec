using RetailLake.Core.Contracts;
using RetailLake.Core.Streams;
using RetailLake.Tests.Contracts.Streams;

namespace RetailLake.Tests.Streams.Reading;

/// <summary>Feeds of change events: Debezium's own example table, and tables of one column of any type.</summary>
internal static class ChangeFeed
{
    private const string Head = """
        apiVersion: v3.1.0
        kind: DataContract
        id: pos.bill
        version: 1.0.0
        status: active
        servers:
          - { server: pos, type: kafka, host: KAFKA_BOOTSTRAP, format: json }
        customProperties:
          - property: retaillake.stream
            value: { topic: db.inventory.customers, format: debezium }
        schema:

        """;

    private const string CustomersTable = """
          - name: customers
            properties:
              - { name: id, logicalType: integer, physicalType: int, primaryKey: true, classification: internal }
              - { name: first_name, logicalType: string, physicalType: varchar(255), required: true, classification: internal }
              - { name: last_name, logicalType: string, physicalType: varchar(255), required: true, classification: internal }
              - { name: email, logicalType: string, physicalType: varchar(255), required: true, classification: internal }

        """;

    public static TopicPartition Of { get; } = new("db.inventory.customers", 0);

    public static Contract Customers { get; } = Load(Head + CustomersTable);

    public static Contract CustomersByOffset { get; } = Load(Head.Replace("format: debezium", "format: debezium, version: offset", StringComparison.Ordinal) + CustomersTable);

    public static StreamRecord Record(string? value, long offset = 7, string? key = """{"id":1004}""") => Segments.Record(offset, value, key);

    /// <param name="type">What stands in a column: <c>physicalType: …, logicalType: …</c>.</param>
    /// <param name="settings">Behind <c>format: debezium</c>.</param>
    public static Contract OfType(string type, string settings = "") => Load(Head.Replace("format: debezium", $"format: debezium{settings}", StringComparison.Ordinal) + $$"""
          - name: thing
            properties:
              - { name: id, logicalType: integer, physicalType: int, primaryKey: true, classification: internal }
              - { name: v, {{type}}, classification: internal }

        """);

    /// <summary>A creation with one value, in the envelope.</summary>
    public static string Created(string value) => $$$"""{"before":null,"after":{"id":1,"v":{{{value}}}},"source":{"file":"b.000001","pos":4,"row":0,"ts_ms":1000},"op":"c"}""";

    /// <summary>The same with the schema that JsonConverter writes in front.</summary>
    /// <param name="field">Members of the column's field in the schema.</param>
    public static string WithSchema(string field, string value) =>
        $$$"""{"schema":{"type":"struct","fields":[{"type":"struct","optional":true,"field":"before","fields":[{"field":"v",{{{field}}}}]},{"type":"struct","optional":true,"field":"after","fields":[{"field":"id","type":"int32"},{"field":"v",{{{field}}}}]},{"type":"string","field":"op"}],"name":"db.Envelope"},"payload":{{{Created(value)}}}}""";

    private static Contract Load(string yaml)
    {
        var loaded = StreamContractTests.Load(yaml);
        loaded.Problems.Should().BeEmpty();
        return loaded.Contracts.Single();
    }
}
