using RetailLake.Core.Contracts;
using RetailLake.Tests.Contracts.Streams;

namespace RetailLake.Tests.Streams.Reading;

/// <summary>A small feed of bills as JSON: two tables below the first, one of them two arrays deep.</summary>
internal static class BillFeed
{
    public const string Yaml = """
        apiVersion: v3.1.0
        kind: DataContract
        id: pos.bill
        version: 1.0.0
        status: active
        servers:
          - { server: pos, type: kafka, host: KAFKA_BOOTSTRAP, format: json }
        customProperties:
          - property: retaillake.stream
            value: { topic: pos.bill, format: json, version: revision, eventTime: sold_at }
        schema:
          - name: bill
            physicalType: topic
            properties:
              - { name: bill_no, logicalType: string, physicalType: varchar(40), primaryKey: true, classification: internal }
              - { name: revision, logicalType: integer, physicalType: int, required: true, classification: internal }
              - { name: sold_at, logicalType: timestamp, physicalType: datetime(6), logicalTypeOptions: { defaultTimezone: Asia/Kolkata }, classification: internal, customProperties: [ { property: retaillake.format, value: { pattern: "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK" } } ] }
              - { name: net, logicalType: number, physicalType: 'decimal(12,2)', classification: internal, customProperties: [ { property: retaillake.from, value: totals/net | net } ] }
              - { name: is_training, logicalType: boolean, physicalType: tinyint(1), physicalName: training, classification: internal }
              - { name: note, logicalType: string, physicalType: varchar(40), classification: internal }
              - { name: extra, logicalType: string, physicalType: json, classification: internal }
              - { name: ratio, logicalType: number, physicalType: double, classification: internal }
              - { name: photo, logicalType: string, physicalType: varbinary(20), classification: internal }
              - { name: record_offset, logicalType: integer, physicalType: bigint, classification: internal, customProperties: [ { property: retaillake.from, value: $offset } ] }
              - { name: record_key, logicalType: string, physicalType: varchar(40), classification: internal, customProperties: [ { property: retaillake.from, value: $key } ] }
              - { name: record_topic, logicalType: string, physicalType: varchar(40), classification: internal, customProperties: [ { property: retaillake.from, value: $topic } ] }
              - { name: record_partition, logicalType: integer, physicalType: int, classification: internal, customProperties: [ { property: retaillake.from, value: $partition } ] }
              - { name: record_at, logicalType: timestamp, physicalType: timestamp(3), classification: internal, customProperties: [ { property: retaillake.from, value: $timestamp } ] }
          - name: bill_line
            physicalType: topic
            customProperties:
              - { property: retaillake.record, value: 'lines[]' }
              - { property: retaillake.parentKey, value: [bill_no] }
            properties:
              - { name: bill_no, logicalType: string, physicalType: varchar(40), primaryKey: true, primaryKeyPosition: 1, classification: internal, customProperties: [ { property: retaillake.from, value: /bill_no } ] }
              - { name: line_no, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 2, classification: internal, customProperties: [ { property: retaillake.from, value: $index } ] }
              - { name: sku, logicalType: string, physicalType: varchar(20), required: true, classification: internal }
          - name: bill_tax
            physicalType: topic
            customProperties:
              - { property: retaillake.record, value: 'lines[]/taxes[]' }
              - { property: retaillake.parentKey, value: [bill_no] }
            properties:
              - { name: bill_no, logicalType: string, physicalType: varchar(40), primaryKey: true, primaryKeyPosition: 1, classification: internal, customProperties: [ { property: retaillake.from, value: /bill_no } ] }
              - { name: sku, logicalType: string, physicalType: varchar(20), primaryKey: true, primaryKeyPosition: 2, classification: internal, customProperties: [ { property: retaillake.from, value: '/lines[]/sku' } ] }
              - { name: tax_no, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 3, classification: internal, customProperties: [ { property: retaillake.from, value: $index } ] }
              - { name: amount, logicalType: number, physicalType: 'decimal(12,2)', required: true, classification: internal }

        """;

    public static Contract Contract { get; } = With("pos.bill", "pos.bill");

    public static Contract With(string found, string instead)
    {
        Yaml.Should().Contain(found);
        var loaded = StreamContractTests.Load(Yaml.Replace(found, instead, StringComparison.Ordinal));
        return loaded.Problems.Should().BeEmpty().And.Subject is not null ? loaded.Contracts.Single() : throw new InvalidOperationException();
    }
}
