using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts;

/// <summary>A right contract with a bit of everything, and what becomes of it when some of its text is another.</summary>
internal static class SampleContract
{
    public const string File = "contracts/shop/bill.odcs.yaml";

    public const string Yaml = """
        apiVersion: v3.1.0
        kind: DataContract
        id: shop.bill
        version: 1.0.0
        status: active
        description: { purpose: Bills. }
        servers:
          - server: shop
            type: mysql
            host: db.example.in
            port: 3306
            database: shop
            customProperties:
              - { property: retaillake.secret, value: sources/shop-eu }
        customProperties:
          - property: retaillake.extract
            value: { mode: window, deletes: soft, lagSeconds: 10, sliceRows: 1000 }
          - { property: retaillake.rejectBudgetPercent, value: 2.5 }
          - property: retaillake.manthan
            value:
              subject: BILLS
              table: bill
              columns: [bill_id, sold_on, net, phone]
              businessDate: sold_on
              totals: [net]
              delivery: direct+marker
              target: sftp://feeds.example.in:22/in
          - { property: somebody.else, value: 1 }
        slaProperties:
          - { property: latency, value: 90, unit: min }
        schema:
          - name: bill
            physicalName: Bill
            quality:
              - { metric: rowCount, mustBeBetween: [0, 1000000] }
            customProperties:
              - { property: retaillake.distKey, value: bill_id }
              - { property: retaillake.sortKey, value: [sold_on, bill_id] }
            properties:
              - { name: bill_id, logicalType: integer, physicalType: bigint unsigned, primaryKey: true, classification: internal }
              - name: phone
                logicalType: string
                physicalType: varchar(20)
                customProperties:
                  - { property: retaillake.normalise, value: phone-in }
                quality:
                  - { type: custom, engine: retaillake, implementation: phone-in }
                  - { metric: nullValues, mustBeLessThan: 20, unit: percent }
              - name: sold_on
                logicalType: date
                physicalType: date
                required: true
                classification: internal
                logicalTypeOptions: { minimum: '2020-01-01' }
              - name: net
                logicalType: number
                physicalType: decimal(12,2)
                classification: internal
                logicalTypeOptions: { minimum: 0.5, exclusiveMaximum: 1e6 }
                customProperties:
                  - { property: retaillake.controlTotal, value: true }
                quality:
                  - { type: custom, engine: retaillake, implementation: 'atMost: gross' }
              - { name: gross, logicalType: number, physicalType: 'decimal(14,4)', classification: internal }
              - name: kind
                logicalType: string
                physicalType: enum('CASH','CARD')
                classification: internal
                quality:
                  - { metric: invalidValues, arguments: { validValues: [CASH, CARD] }, mustBe: 0 }
              - name: updated_at
                logicalType: timestamp
                physicalType: datetime(6)
                classification: internal
                logicalTypeOptions: { defaultTimezone: Asia/Kolkata }
                customProperties:
                  - { property: retaillake.cursor, value: true }
              - name: deleted
                logicalType: boolean
                physicalType: tinyint(1)
                classification: internal
                customProperties:
                  - { property: retaillake.softDelete, value: true }
          - name: bill_line
            customProperties:
              - { property: retaillake.parentKey, value: [bill_id] }
            properties:
              - { name: bill_id, logicalType: integer, physicalType: bigint unsigned, primaryKey: true, primaryKeyPosition: 1, classification: internal }
              - { name: line_no, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 2, classification: internal }
              - name: seen_on
                logicalType: date
                physicalType: date
                classification: internal
                customProperties:
                  - { property: retaillake.zeroDate, value: null }

        """;

    public static LoadedContracts Load(string yaml, string source = "shop", string feed = "bill") =>
        ContractLoader.Read(source, feed, Encoding.UTF8.GetBytes(yaml), File);

    public static string With(string found, string instead)
    {
        Yaml.Should().Contain(found, "the sample must hold what the case changes");
        var at = Yaml.IndexOf(found, StringComparison.Ordinal);
        return Yaml[..at] + instead + Yaml[(at + found.Length)..];
    }

    /// <summary>The line that the changed text begins on.</summary>
    public static int LineOf(string found) => 1 + Yaml[..Yaml.IndexOf(found, StringComparison.Ordinal)].Count(character => character == '\n');
}
