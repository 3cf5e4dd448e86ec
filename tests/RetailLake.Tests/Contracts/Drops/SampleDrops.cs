using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts.Drops;

/// <summary>One right contract of files per format, and what becomes of it when some of its text is another.</summary>
internal static class SampleDrops
{
    public const string Head = """
        apiVersion: v3.1.0
        kind: DataContract
        id: gp.grn
        version: 1.0.0
        status: active

        """;

    /// <summary>H/D/T, delimited, uploaded by others.</summary>
    public const string Delimited = Head + """
        servers:
          - { server: gp, type: s3, location: s3://lake/drops/gp }
        customProperties:
          - property: retaillake.drop
            value:
              format: delimited
              name: 'GRN_(?<store>[0-9]{3})_(?<version>[0-9]{8})\.txt'
              proof: trailer
              version: name
              replaces: [store_id]
              compression: gzip
              encoding: windows-1252
              maxBytes: 1000000
              sliceBytes: 5000
          - property: retaillake.layout
            value: { delimiter: '||', quote: none, header: false, skipLines: 1, substituteEof: true }
          - property: retaillake.records
            value:
              at: 1
              header: H
              trailer: T
              ignored: [C]
              totals:
                - { at: 2 }
                - { at: '3', table: grn_line, column: amount, format: { grouping: indian } }
        schema:
          - name: grn
            customProperties: [ { property: retaillake.record, value: G } ]
            properties:
              - { name: grn_no, logicalType: string, physicalType: varchar(16), primaryKey: true, classification: internal, customProperties: [ { property: retaillake.from, value: 2 } ] }
              - { name: store_id, logicalType: integer, physicalType: int, required: true, classification: internal, customProperties: [ { property: retaillake.from, value: $name.store } ] }
              - name: received_on
                logicalType: date
                physicalType: date
                classification: internal
                customProperties:
                  - { property: retaillake.from, value: header:2 }
                  - { property: retaillake.format, value: { pattern: dd/MM/yyyy, trim: true, nulls: ['', '00/00/0000'] } }
          - name: grn_line
            customProperties:
              - { property: retaillake.record, value: D }
              - { property: retaillake.parentKey, value: [grn_no] }
            properties:
              - { name: grn_no, logicalType: string, physicalType: varchar(16), primaryKey: true, primaryKeyPosition: 1, classification: internal, customProperties: [ { property: retaillake.from, value: 'parent:2' } ] }
              - { name: line_no, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 2, classification: internal, customProperties: [ { property: retaillake.from, value: $index } ] }
              - { name: store_id, logicalType: integer, physicalType: int, required: true, classification: internal, customProperties: [ { property: retaillake.from, value: $name.store } ] }
              - name: amount
                logicalType: number
                physicalType: decimal(12,2)
                classification: internal
                customProperties:
                  - { property: retaillake.from, value: 3 }
                  - { property: retaillake.controlTotal, value: true }
                  - { property: retaillake.format, value: { grouping: indian, sign: credit-debit } }
              - name: is_free
                logicalType: boolean
                physicalType: tinyint(1)
                classification: internal
                customProperties:
                  - { property: retaillake.from, value: 4 }
                  - { property: retaillake.format, value: { map: { Y: 1, N: 0 } } }

        """;

    public const string Fixed = Head + """
        servers:
          - { server: crt, type: sftp, location: 'sftp://crt.example.in:2222/out/crt' }
        customProperties:
          - property: retaillake.drop
            value: { format: fixed, proof: control, proofFile: '{stem}.ctl', control: { bytes: SIZE, rows: ROWS, sha256: HASH } }
          - property: retaillake.layout
            value: { unit: bytes, recordLength: 40 }
        schema:
          - name: count
            physicalType: file
            properties:
              - { name: till, logicalType: string, physicalType: varchar(10), primaryKey: true, classification: internal, customProperties: [ { property: retaillake.from, value: 1-10 } ] }
              - name: cash
                logicalType: number
                physicalType: decimal(12,2)
                classification: internal
                customProperties:
                  - { property: retaillake.from, value: 11-20 }
                  - { property: retaillake.format, value: { impliedDecimals: 2, sign: overpunch, pad: '0' } }

        """;

    public const string Xml = Head + """
        servers:
          - { server: poslog, type: custom, location: 'ftps://ftp.example.in/poslog' }
        customProperties:
          - { property: retaillake.drop, value: { format: xml, proof: marker, proofFile: '{name}.done', replaces: file } }
          - { property: retaillake.layout, value: { unit: POSLog/Transaction, namespaces: ['http://www.nrf-arts.org/IXRetail/namespace/'], maxDepth: 32 } }
        schema:
          - name: txn
            customProperties: [ { property: retaillake.record, value: POSLog/Transaction } ]
            properties:
              - { name: seq, physicalName: SequenceNumber, logicalType: integer, physicalType: int, primaryKey: true, classification: internal }
              - name: store
                logicalType: string
                physicalType: varchar(20)
                classification: internal
                customProperties: [ { property: retaillake.from, value: 'RetailStoreID | BusinessUnit/UnitID' } ]

        """;

    public static LoadedContracts Load(string yaml) => ContractLoader.Read("gp", "grn", Encoding.UTF8.GetBytes(yaml), "contracts/gp/grn.odcs.yaml");
}
