using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Tests.Onboarding;
using RetailLake.Tests.Streams;

namespace RetailLake.Tests.Quarantine;

/// <summary>Sales whose header and items come by topics of their own; the customer's phone is a part of the key.</summary>
internal static class HeldSaleFeed
{
    public const string Feed = "till.sale";

    private const string Yaml = """
        apiVersion: v3.1.0
        kind: DataContract
        id: till.sale
        version: 1.0.0
        status: active
        servers:
          - { server: till, type: kafka, host: KAFKA_BOOTSTRAP, format: json }
        customProperties:
          - { property: retaillake.stream, value: { format: json, version: revision, holdHours: 1 } }
        schema:
          - name: sale
            physicalType: topic
            customProperties: [ { property: retaillake.record, value: till.sale }, { property: retaillake.complete, value: { item: items } } ]
            properties:
              - { name: bill, logicalType: string, physicalType: varchar(20), primaryKey: true, primaryKeyPosition: 1, classification: internal }
              - { name: phone, logicalType: string, physicalType: varchar(20), primaryKey: true, primaryKeyPosition: 2, classification: personal }
              - { name: revision, logicalType: integer, physicalType: int, required: true, classification: internal }
              - { name: items, logicalType: integer, physicalType: int, required: true, classification: internal }
              - { name: customer, logicalType: string, physicalType: varchar(40), classification: personal }
          - name: item
            physicalType: topic
            customProperties: [ { property: retaillake.record, value: till.item }, { property: retaillake.parentKey, value: [bill, phone] } ]
            properties:
              - { name: bill, logicalType: string, physicalType: varchar(20), primaryKey: true, primaryKeyPosition: 1, classification: internal }
              - { name: phone, logicalType: string, physicalType: varchar(20), primaryKey: true, primaryKeyPosition: 2, classification: personal }
              - { name: line, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 3, classification: internal }
              - { name: revision, logicalType: integer, physicalType: int, required: true, classification: internal }

        """;

    public static void Write(FilesLake lake) => lake.Write("till", "sale", Yaml);

    public static Task SaleAsync(FilesLake lake, long offset, string bill, string phone, int items) =>
        LandAsync(lake, new("till.sale", 0), offset, $$"""{"bill":"{{bill}}","phone":"{{phone}}","revision":1,"items":{{items}},"customer":"Ravi Kumar"}""");

    public static Task ItemAsync(FilesLake lake, long offset, string bill, string phone, int line) =>
        LandAsync(lake, new("till.item", 2), offset, $$"""{"bill":"{{bill}}","phone":"{{phone}}","line":{{line}},"revision":1}""");

    private static Task<LandedSegment> LandAsync(FilesLake lake, TopicPartition of, long offset, string value) =>
        new SegmentLander(new FileSystemLake(new Uri(lake.Home.Lake).AbsoluteUri)).LandAsync(lake.Host.Contracts.Get(Feed), of, [Segments.Record(offset, value)], default);
}
