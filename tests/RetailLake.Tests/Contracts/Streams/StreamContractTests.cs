using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Contracts.Streams;

public sealed class StreamContractTests
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
            value: { topic: pos.bill, format: debezium }
        schema:
          - name: bill
            properties:
              - { name: bill_id, logicalType: integer, physicalType: bigint, primaryKey: true, classification: internal }
              - { name: net, logicalType: number, physicalType: 'decimal(12,2)', classification: internal }

        """;

    public static TheoryData<string, string, int, string, string> Cases => new()
    {
        { "host: KAFKA_BOOTSTRAP", "host: b-1.pos.example.in:9092", 7, "stand in no contract", "host: KAFKA_BOOTSTRAP" },
        { ", host: KAFKA_BOOTSTRAP", "", 7, "'host'", "host" },
        { "format: json }", "format: avro }", 7, "expected json", "JSON" },
        { "topic: pos.bill, ", "", 12, "Found no topic for table 'bill'", "retaillake.record" },
        { "topic: pos.bill", "topic: pos/bill", 10, "1 to 249 letters", "spelling" },
        { "topic: pos.bill", "topic: '..'", 10, "1 to 249 letters", "spelling" },
        { ", format: debezium", "", 10, "'format'", "format" },
        { "format: debezium", "format: xml", 10, "expected one of json, debezium", "Correct" },
        { "format: debezium", "format: debezium, group: g", 10, "'group'", "Correct" },
        { "retaillake.stream", "somebody.stream", 1, "Found no 'retaillake.stream'", "customProperties" },
        { "type: kafka, host: KAFKA_BOOTSTRAP, format: json", "type: s3, location: s3://lake/drops/pos", 10, "'retaillake.stream' in a contract of files", "Remove it" },
        { "type: kafka, host: KAFKA_BOOTSTRAP, format: json", "type: mysql, host: h, port: 3306, database: d", 10, "'retaillake.stream' in a contract of a database", "Remove it" },
        { "customProperties:\n", "customProperties:\n  - { property: retaillake.extract, value: { mode: window } }\n", 9, "'retaillake.extract' in a contract of a topic", "Remove it" },
        { "customProperties:\n", "customProperties:\n  - { property: retaillake.drop, value: { format: xml } }\n", 9, "'retaillake.drop' in a contract of a topic", "Remove it" },
        { "primaryKey: true, ", "primaryKey: true, customProperties: [ { property: retaillake.from, value: 1 } ], ", 14, "a contract of change events", "Remove" },
        { "'decimal(12,2)', ", "'decimal(12,2)', customProperties: [ { property: retaillake.softDelete, value: true } ], ", 15, "'retaillake.softDelete' on 'net' in a contract of a topic", "Remove" },
    };

    [Fact]
    public void Stream_IsCompiledAndSurvivesTheBundle()
    {
        var contract = Load(Yaml).Contracts.Single();

        contract.Stream.Should().BeEquivalentTo(new StreamSpec("pos.bill", StreamFormat.Debezium));
        contract.Drop.Should().BeNull();
        contract.Server.Should().Be(new SourceServer("kafka", null, null, "", "sources/pos"));
        ContractBundle.Read(ContractBundle.Write([contract]), "bundle").Contracts.Single().Should().BeEquivalentTo(contract);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OneWrongThing_IsSaidWithPlaceAndRemedy(string found, string instead, int line, string message, string remedy)
    {
        Yaml.Should().Contain(found, "the sample must hold what the case changes");

        var loaded = Load(Yaml.Replace(found, instead, StringComparison.Ordinal));

        loaded.Contracts.Should().BeEmpty();
        loaded.Problems.Should().Contain(problem => problem.Message.Contains(message, StringComparison.Ordinal) && problem.Remedy.Contains(remedy, StringComparison.Ordinal) && problem.Line == line);
    }

    [Fact]
    public void TwoFeedsOfOneTopic_AreRefused()
    {
        using var folder = new TemporaryFolder();
        var source = Directory.CreateDirectory(Path.Combine(folder.Path, "pos")).FullName;
        File.WriteAllText(Path.Combine(source, "bill.odcs.yaml"), Yaml);
        File.WriteAllText(Path.Combine(source, "sale.odcs.yaml"), Yaml.Replace("id: pos.bill", "id: pos.sale", StringComparison.Ordinal).Replace("name: bill\n", "name: sale\n", StringComparison.Ordinal));

        var loaded = ContractLoader.Load([folder.Path]);

        loaded.Contracts.Select(contract => contract.Id).Should().Equal("pos.bill");
        loaded.Problems.Should().ContainSingle().Which.Message.Should().Contain("Found the topic 'pos.bill', which 'pos.bill' also reads");
    }

    public static LoadedContracts Load(string yaml) => ContractLoader.Read("pos", "bill", Encoding.UTF8.GetBytes(yaml), "contracts/pos/bill.odcs.yaml");
}
