using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Tests.Streams.Reading;

/// <summary>What an event does, in every form that Debezium gives it.</summary>
public sealed class ChangeEventTests
{
    private const string Anne = """{"id":1004,"first_name":"Anne","last_name":"K","email":"a@b"}""";
    private const string Source = """{"connector":"mysql","file":"mysql-bin.000003","pos":154,"row":2,"ts_ms":1465581029100,"snapshot":"false"}""";

    private static readonly long File = DropRef.NumberOf("db.inventory.customers-0");

    [Theory]
    [InlineData("c", null)]
    [InlineData("u", Anne)]
    [InlineData("u", null)]
    public void CreationAndUpdate_AreUpsertsOfAfter(string op, string? before)
    {
        var row = Read($$"""{"op":"{{op}}","before":{{before ?? "null"}},"after":{{Anne}},"source":{{Source}},"ts_ms":5}""");

        row.Text.Should().Be("customers id=1004 first_name=Anne last_name=K email=a@b");
        row.Reasons.Should().BeEmpty();
        row.Origin.Should().Be(new RowOrigin(File, 7, (3L << 32) | 154, RowChange.Upsert, 1_465_581_029_100));
    }

    [Fact]
    public void Deletion_HasTheKeyAlone()
    {
        var row = Read($$"""{"op":"d","before":{{Anne}},"after":null,"source":{{Source}}}""");

        (row.Text, row.Origin.Change, row.Origin.Drop, row.Reasons.Count).Should().Be(("customers id=1004", RowChange.Delete, 6, 0));
    }

    [Theory]
    [InlineData("""{"id":1004}""", true)]
    [InlineData("""{"schema":{"type":"struct","fields":[{"field":"id","type":"int32"}]},"payload":{"id":1004}}""", true)]
    [InlineData(null, false)]
    [InlineData("1004", false)]
    [InlineData("""{"no":1}""", false)]
    [InlineData("""{"id":null}""", false)]
    [InlineData("""{"id":1,"id":2}""", false)]
    public void DeletionWithoutBefore_TakesTheRecordsKey(string? key, bool isTaken)
    {
        var row = Read($$"""{"op":"d","before":null,"source":{{Source}}}""", key);

        (row.Refusal is null).Should().Be(isTaken);
        (row.Refusal?.Code ?? row["id"]).Should().Be(isTaken ? "1004" : "record_key");
    }

    [Fact]
    public void Truncation_HasNoValues()
    {
        var row = Read($$"""{"source":{{Source}},"op":"t","ts_ms":5}""");

        (row.Text, row.Origin.Change, row.Origin.Version, row.Reasons.Count).Should().Be(("customers ", RowChange.Truncate, (3L << 32) | 154, 0));
    }

    [Theory]
    [InlineData("r", "false")]
    [InlineData("r", null)]
    [InlineData("c", "true")]
    [InlineData("c", "\"last\"")]
    [InlineData("c", "\"incremental\"")]
    public void SnapshotsRead_IsTheOldestAtItsPosition(string op, string? snapshot)
    {
        var source = Source.Replace("\"snapshot\":\"false\"", $"\"snapshot\":{snapshot ?? "null"}", StringComparison.Ordinal);

        Read($$"""{"op":"{{op}}","after":{{Anne}},"source":{{source}}}""").Origin.Should().Be(new RowOrigin(File, 0, (3L << 32) | 154, RowChange.Upsert, 1_465_581_029_100));
    }

    [Fact]
    public void Positions_OrderAsTheLogDoes()
    {
        string[] inOrder =
        [
            """ "r","after":{"id":1},"source":{"file":"b.999","pos":7}""", """ "t","source":{"file":"b.999","pos":7}""", """ "c","after":{"id":1},"source":{"file":"b.999","pos":7,"row":0}""",
            """ "d","before":{"id":1},"source":{"file":"b.999","pos":7,"row":1}""", """ "c","after":{"id":1},"source":{"file":"b.999","pos":7,"row":1}""",
            """ "c","after":{"id":1},"source":{"file":"b.999","pos":4294967295}""", """ "c","after":{"id":1},"source":{"file":"b.1000","pos":4}""", """ "c","after":{"id":1},"source":{"file":"b.1.2147483647","pos":4294967295}""",
        ];

        inOrder.Select(body => Read($$"""{"op":{{body}}}""").Origin).Select(origin => (origin.Version, origin.Drop)).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("""{"op":"x","after":{},"source":{}}""", "event")]
    [InlineData("""{"op":"m","source":{}}""", "event")]
    [InlineData("""{"op":"c","after":null,"source":{"file":"b.1","pos":4}}""", "event")]
    [InlineData("""{"op":"u","before":{"id":1},"source":{"file":"b.1","pos":4}}""", "event")]
    [InlineData("""{"op":"u","before":{"id":1},"after":{"id":2},"source":{"file":"b.1","pos":4}}""", "event")]
    [InlineData("""{"op":"c","after":{"id":1}}""", "position")]
    [InlineData("""{"op":"c","after":{"id":1},"source":{"lsn":5}}""", "position")]
    [InlineData("""{"op":"c","after":{"id":1},"source":{"file":"noNumber","pos":4}}""", "position")]
    [InlineData("""{"op":"c","after":{"id":1},"source":{"file":"b.x","pos":4}}""", "position")]
    [InlineData("""{"op":"c","after":{"id":1},"source":{"file":"b.1","pos":-4}}""", "position")]
    [InlineData("""{"op":"c","after":{"id":1},"source":{"file":"b.1","pos":4294967296}}""", "position")]
    [InlineData("""{"op":"c","after":{"id":1},"source":{"file":"b.1","pos":4,"row":"x"}}""", "position")]
    [InlineData("""{"op":"c","after":[1],"source":{"file":"b.1","pos":4}}""", "members")]
    [InlineData("""{"op":"c","after":{"id":1,"id":2},"source":{"file":"b.1","pos":4}}""", "members")]
    [InlineData("""{"schema":{},"schema":{},"payload":{}}""", "members")]
    [InlineData("""{"schema":{},"payload":{"op":"c"}} x""", "json")]
    [InlineData("""{"schema":{},"payload":[1]}""", "json")]
    [InlineData("""{"schema":{"fields":[{"field":"\ud800","type":"int32"}]},"payload":{}}""", "json")]
    [InlineData("""{"schema":{"fields":[{"\ud800":"id","field":"id","type":"int32"}]},"payload":{}}""", "json")]
    [InlineData("""{"id":1004,"first_name":"Anne"}""", "event")]
    [InlineData("""{"name":"inventory-connector","config":{}}""", "event")]
    [InlineData("""{"before":null,"after":{"id":1},"source":{"file":"b.1","pos":4},"ts_ms":5}""", "event")]
    [InlineData("""{"op":null,"after":{"id":1},"ts_ms":5}""", "event")]
    [InlineData("""{"op":"c","ts_ms":5}""", "event")]
    [InlineData("""{"sensor":7,"ts_ms":5}""", "event")]
    [InlineData("""{"\ud800":7,"ts_ms":5}""", "event")]
    [InlineData("""{"ts_ms":[[5]]}""", "event")]
    [InlineData("""{"status":"paid","event_count":2,"ts_ms":5}""", "event")]
    [InlineData("{}", "event")]
    [InlineData("null", "json")]
    [InlineData("", "json")]
    public void ValueThatIsNoChange_IsOneRefusedRow(string value, string code) => Read(value).Refusal!.Code.Should().Be(code);

    [Fact]
    public void FlattenedEvents_NeedAPositionAndTheirDeletions()
    {
        const string Position = ""","__source_file":"b.000003","__source_pos":154,"__source_row":2,"__source_ts_ms":77""";

        Read($"{Anne[..^1]},\"__op\":\"u\",\"__deleted\":\"false\"{Position}}}").Should().BeEquivalentTo(new
        {
            Text = "customers id=1004 first_name=Anne last_name=K email=a@b", Origin = new RowOrigin(File, 7, (3L << 32) | 154, RowChange.Upsert, 77),
        });
        Read($"{Anne[..^1]},\"__op\":\"d\",\"__deleted\":\"true\"{Position}}}").Should().BeEquivalentTo(new { Text = "customers id=1004", Origin = new RowOrigin(File, 6, (3L << 32) | 154, RowChange.Delete, 77) });
        Read($"{Anne[..^1]},\"__deleted\":true{Position}}}").Origin.Change.Should().Be(RowChange.Delete);
        Read($$$"""{"status":"END","event_count":2,"ddl":"x","databaseName":"y","__op":"u","__deleted":"false","id":1{{{Position}}}}""").Text.Should().Be("customers id=1", "columns may be named like members of the connector's other events");
        Read($$$"""{"__op":"r","__deleted":"false","id":1{{{Position}}}}""").Origin.Drop.Should().Be(0);
        Read($"{Anne[..^1]},\"__op\":\"u\"{Position}}}").Refusal!.Code.Should().Be("event", "the tombstone of a deletion would have no position");
        Read($$"""{{Anne[..^1]}},"__op":"u","__deleted":"false"}""").Refusal!.Code.Should().Be("position");
        Read($$$"""{"__op":"x","__deleted":"false"{{{Position}}}}""").Refusal!.Code.Should().Be("event");
    }

    [Fact]
    public void VersionOfTheOffset_TakesFlattenedEventsAndDeletesByTombstone()
    {
        var rows = StreamRows.Read(
            ChangeFeed.CustomersByOffset, ChangeFeed.Of, ChangeFeed.Record(Anne, 1), ChangeFeed.Record(null, 2), ChangeFeed.Record(Anne, 3, null), ChangeFeed.Record(null, 4, "x"),
            ChangeFeed.Record($$$"""{"op":"u","after":{{{Anne}}},"source":{}}""", 5), ChangeFeed.Record("""{"schema":null,"payload":null}""", 6));

        rows.Select(row => (row.Refusal?.Code ?? row.Text, row.Origin.Change, row.Origin.Version)).Should().Equal(
            ("customers id=1004 first_name=Anne last_name=K email=a@b", RowChange.Upsert, 1), ("customers id=1004", RowChange.Delete, 2), ("record_key", RowChange.Upsert, 3),
            ("record_key", RowChange.Delete, 4), ("customers id=1004 first_name=Anne last_name=K email=a@b", RowChange.Upsert, 5), ("customers id=1004", RowChange.Delete, 6));
    }

    [Fact]
    public void WhatIsNoRow_IsCounted()
    {
        var (rows, skipped) = StreamRows.ReadAll(
            ChangeFeed.Customers, ChangeFeed.Of, ChangeFeed.Record(null, 1), ChangeFeed.Record("""{"schema":null,"payload":null}""", 2), ChangeFeed.Record("""{"ts_ms":1}""", 3),
            ChangeFeed.Record("""{"source":{},"databaseName":"d","ddl":"ALTER","tableChanges":[]}""", 4), ChangeFeed.Record("""{"status":"BEGIN","id":"x","event_count":null,"data_collections":null}""", 5),
            ChangeFeed.Record("""{"schema":{"type":"struct"},"payload":{"ts_ms":1}}""", 6));

        rows.Should().BeEmpty();
        skipped.Should().Equal(new Dictionary<string, long> { ["heartbeat"] = 2, ["schema change"] = 1, ["tombstone"] = 2, ["transaction"] = 1 });
    }

    /// <summary>A connector writes a deletion and a creation; one event with two keys would leave the old row.</summary>
    [Fact]
    public void ChangeOfTheKey_IsADeletionAndACreation()
    {
        var (rows, _) = StreamRows.ReadAll(
            ChangeFeed.Customers, ChangeFeed.Of, ChangeFeed.Record($$"""{"op":"d","before":{{Anne}},"source":{{Source}}}""", 1), ChangeFeed.Record(null, 2),
            ChangeFeed.Record($$"""{"op":"c","after":{{Anne.Replace("1004", "1005", StringComparison.Ordinal)}},"source":{{Source}}}""", 3, """{"id":1005}"""));

        rows.Select(row => (row["id"], row.Origin.Change)).Should().Equal(("1004", RowChange.Delete), ("1005", RowChange.Upsert));
    }

    [Fact]
    public void SchemaInFront_IsComparedAndFollowedWhenItChanges()
    {
        var contract = ChangeFeed.OfType("logicalType: number, physicalType: 'decimal(12,4)'");
        string[] values =
        [
            ChangeFeed.WithSchema("\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"}", "\"MDk=\""),
            ChangeFeed.WithSchema("\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"}", "\"z8c=\""),
            ChangeFeed.WithSchema("\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"4\"}", "\"MDk=\""),
            ChangeFeed.WithSchema("\"type\":\"string\"", "\"7.5\""),
            ChangeFeed.WithSchema("\"type\":\"string\"", "\"8.5\"").Replace("}}", "}} ", StringComparison.Ordinal),
            ChangeFeed.WithSchema("\"type\":\"string\"", "\"9.5\"")[..^1] + ",\"x\":1}",
            ChangeFeed.Created("\"MDk=\""),
        ];

        StreamRows.Read(contract, ChangeFeed.Of, [.. values.Select((value, offset) => ChangeFeed.Record(value, offset))]).Select(row => row.Refusal?.Code ?? row["v"])
            .Should().Equal("123.45", "-123.45", "1.2345", "7.5", "8.5", "event", "1.2345");
    }

    [Fact]
    public void Poison_IsRefusedAtEveryPositionAndHoldsUpNothing()
    {
        StreamRecord[] poison =
        [
            ChangeFeed.Record("no json {"), ChangeFeed.Record("{}"), ChangeFeed.Record("""{"op":"c"}"""), ChangeFeed.Record("""{"schema":{},"payload":7}"""),
            ChangeFeed.Record("x") with { Value = new byte[] { 0xFF, 0xFE } }, ChangeFeed.Record($$$"""{"op":"c","after":{"id":1,"x":"{{{new string('x', 10_000_000)}}}"}}"""),
        ];
        foreach (var bad in poison)
        {
            for (var position = 0; position < 4; position++)
            {
                var rows = StreamRows.Read(ChangeFeed.Customers, ChangeFeed.Of, [.. Enumerable.Range(0, 4).Select(offset => offset == position
                    ? bad with { Offset = offset } : ChangeFeed.Record($$"""{"op":"c","after":{{Anne}},"source":{{Source}}}""", offset))]);

                rows.Select(row => row.Refusal is null && row.Reasons.Count == 0).Should().Equal(Enumerable.Range(0, 4).Select(offset => offset != position));
            }
        }
    }

    private static StreamRow Read(string value, string? key = """{"id":1004}""") => StreamRows.Read(ChangeFeed.Customers, ChangeFeed.Of, ChangeFeed.Record(value, key: key)).Should().ContainSingle().Subject;
}
