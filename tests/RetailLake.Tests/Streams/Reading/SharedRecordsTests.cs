using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Streams;
using RetailLake.Tests.Contracts.Streams;

namespace RetailLake.Tests.Streams.Reading;

/// <summary>Every event that Debezium and AWS published, as rows.</summary>
public sealed class SharedRecordsTests
{
    private const string Anne = "id=1004 first_name=Anne last_name=Kretchmar email=annek@noanswer.org";
    private const string AnneMarie = "id=1004 first_name=Anne Marie last_name=Kretchmar email=annek@noanswer.org";

    /// <summary>File, and the row, the reason's code, or what it is counted as.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["change_key.json"] = "!event",
        ["change_value_create_with_schema.json"] = $"Upsert 3/154/3 {Anne} @1465491411815",
        ["change_value_delete.json"] = "Delete 3/805/2 id=1004 @1465581902300",
        ["change_value_update.json"] = $"Upsert 3/484/3 {AnneMarie} @1465581029100",
        ["cloudevents_avro_data.json"] = "!members",
        ["cloudevents_json.json"] = "!members",
        ["connector_registration_example.json"] = "!event",
        ["schema_change_topic_key.json"] = "!event",
        ["schema_change_topic_value.json"] = "#schema change",
        ["transaction_topic_BEGIN.json"] = "#transaction",
        ["transaction_topic_END.json"] = "#transaction",
        ["truncate.json"] = "Truncate 3/484/2  @1465581029100",
        ["tutorial_delete.json"] = "Delete 3/725/2 id=1004 @1486501558000",
        ["tutorial_key.json"] = "!event",
        ["tutorial_snapshot_read_with_schema.json"] = $"Upsert 3/154/0 {Anne} @1486500577691",
        ["tutorial_tombstone_schema_null_payload.json"] = "#tombstone",
        ["tutorial_update.json"] = $"Upsert 3/364/3 {AnneMarie} @1486501486000",
        ["serde-unknown-property.json"] = $"Upsert 3/154/3 {Anne} @1465491411815",
        ["serde-unwrapped.json"] = "!event",
        ["serde-update.json"] = $"Upsert 3/154/3 {Anne} @1465491411815",
        ["serde-with-schema.json"] = $"Upsert 3/154/3 {Anne} @1465491411815",
        ["serde-without-schema.json"] = $"Upsert 3/154/3 {Anne} @1465491411815",
    };

    [Fact]
    public void ChangeEvents_AreRowsOrSaidToBeNone()
    {
        var files = Files("debezium_events");
        files.Select(Path.GetFileName).Should().BeEquivalentTo(Expected.Keys);
        var records = files.Select((file, offset) => ChangeFeed.Record(null, offset) with { Value = File.ReadAllBytes(file) }).ToArray();

        foreach (var record in records)
        {
            Shown(ChangeFeed.Customers, record).Should().Be(Expected[Path.GetFileName(files[(int)record.Offset])], files[(int)record.Offset]);
        }

        var (together, skipped) = StreamRows.ReadAll(ChangeFeed.Customers, ChangeFeed.Of, records);
        (together.Count + skipped.Values.Sum()).Should().Be(files.Count, "each is a row or counted");
    }

    [Fact]
    public void ChangeEventsByOffset_AlsoTakeTheBareRow()
    {
        foreach (var file in Files("debezium_events"))
        {
            var shown = Shown(ChangeFeed.CustomersByOffset, ChangeFeed.Record(null, 9) with { Value = File.ReadAllBytes(file) });

            var asked = Path.GetFileName(file) switch
            {
                "serde-unwrapped.json" => $"Upsert 0/9/9 {Anne} @1795376405129",
                "tutorial_tombstone_schema_null_payload.json" => "Delete 0/9/9 id=1004 @1795376405129",
                "change_key.json" or "tutorial_key.json" => "!first_name: required",
                "cloudevents_avro_data.json" or "cloudevents_json.json" => "!id: type",
                var name when Expected[name] is ['!' or '#', ..] other => other,
                var name => System.Text.RegularExpressions.Regex.Replace(Expected[name], "[0-9]+/[0-9]+/[0-9]+", "0/9/9"),
            };
            shown.Should().StartWith(asked, file);
        }
    }

    /// <summary>From Lambda's event through landing to rows.</summary>
    [Fact]
    public async Task EventsOfLambda_AreRows()
    {
        foreach (var file in Files("lambda_kafka_events"))
        {
            var text = (await File.ReadAllTextAsync(file)).TrimStart('\uFEFF');
            var record = JsonNode.Parse(text)!["records"]!.AsObject().First().Value![0]!;
            var of = new TopicPartition((string)record["topic"]!, (int)record["partition"]!);
            using var folder = new StreamFolder(of.Topic);
            (await folder.LandAsync(text)).Should().BeEmpty();
            var landed = await SegmentKey.BeyondAsync(folder.Lake, "pos", "bill", of, -1, default).SingleAsync();
            using var segment = SegmentReader.Open((await folder.Lake.OpenReadAsync(landed.Key, default))!, landed.Key);
            segment.Read().Should().BeTrue();

            var row = StreamRows.Read(KeyValue(of.Topic), of, Segments.Current(segment)).Single();

            (row.Refusal?.Code ?? row.Text).Should().Be(Path.GetFileName(file).StartsWith("powertools", StringComparison.Ordinal) ? "pair offset=15 member=value" : "json", file);
            row.Origin.Drop.Should().Be((long)record["offset"]!);
        }
    }

    private static string Shown(Contract contract, StreamRecord record)
    {
        var (rows, skipped) = StreamRows.ReadAll(contract, ChangeFeed.Of, record);
        return rows is [var row]
            ? row.Reasons.Count > 0 ? $"!{row.Reasons[0]}"
            : $"{row.Origin.Change} {row.Origin.Version >> 32}/{row.Origin.Version & uint.MaxValue}/{row.Origin.Drop} {row.Text.Replace("customers ", "", StringComparison.Ordinal)} @{row.Origin.EventTime}"
            : $"#{skipped.Keys.Single()}";
    }

    private static Contract KeyValue(string topic) => StreamContractTests.Load($$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: pos.bill
        version: 1.0.0
        status: active
        servers:
          - { server: pos, type: kafka, host: KAFKA_BOOTSTRAP, format: json }
        customProperties:
          - property: retaillake.stream
            value: { topic: {{topic}}, format: json }
        schema:
          - name: pair
            properties:
              - { name: offset, logicalType: integer, physicalType: bigint, primaryKey: true, classification: internal, customProperties: [ { property: retaillake.from, value: $offset } ] }
              - { name: member, logicalType: string, physicalType: varchar(9), physicalName: key, classification: internal }

        """).Contracts.Single();

    private static List<string> Files(string folder)
    {
        var path = Path.Combine(Repository.Shared, "data", folder);
        Assert.SkipUnless(Directory.Exists(path), $"'{path}' is not here.");
        return [.. Directory.GetFiles(path, "*.json", SearchOption.AllDirectories).Order()];
    }
}
