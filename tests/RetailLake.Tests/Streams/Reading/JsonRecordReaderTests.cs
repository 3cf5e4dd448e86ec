using System.Text;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Tests.Streams.Reading;

public sealed class JsonRecordReaderTests
{
    private static readonly string Whole = """
        {"revision":2,"lines":[{"sku":"A","taxes":[{"amount":"1.50"},{"amount":2}]},{"taxes":null,"sku":"B"},{"sku":"C","x":{"bill_no":"no"}}],
         "other":[1,{"a":[]}],"bill_no":"S1-7","sold_at":"2026-11-25T14:03:22.12+05:30","totals":{"gross":9,"net":"1249.00"},"training":true,
         "extra":{"a":[1,2]},"ratio":1.5e3,"photo":"AQID","note":""}
        """;

    [Fact]
    public void Record_IsARowAndTheRowsOfItsArrays()
    {
        var record = Segments.Record(41, Whole, "S1-7") with { Timestamp = 1_795_376_405_120 };

        var rows = StreamRows.Read(BillFeed.Contract, new("pos.bill", 3), record);

        rows.Should().OnlyContain(row => row.Reasons.Count == 0 && row.Unit == 1);
        rows.Select(row => row.Text).Should().Equal(
            "bill bill_no=S1-7 revision=2 sold_at=2026-11-25 14:03:22.120000 net=1249.00 is_training=1 note= extra={\"a\":[1,2]} ratio=1.5e3 photo=\u0001\u0002\u0003 " +
            "record_offset=41 record_key=S1-7 record_topic=pos.bill record_partition=3 record_at=2026-11-22 19:40:05.120000",
            "bill_line bill_no=S1-7 line_no=1 sku=A", "bill_tax bill_no=S1-7 sku=A tax_no=1 amount=1.50", "bill_tax bill_no=S1-7 sku=A tax_no=2 amount=2",
            "bill_line bill_no=S1-7 line_no=2 sku=B", "bill_line bill_no=S1-7 line_no=3 sku=C");
    }

    [Fact]
    public void NulInAKey_IsRejectedAsInAnyText()
    {
        var row = StreamRows.Read(BillFeed.Contract, new("pos.bill", 3), Segments.Record(41, """{"bill_no":"a","revision":1}""", "\0\0k")).Single();

        row.Reasons.Should().Equal("record_key: nul");
    }

    [Fact]
    public void VersionAndTime_AreOfTheContractsColumns()
    {
        var origins = StreamRows.Read(BillFeed.Contract, new("pos.bill", 3), Segments.Record(41, Whole, null)).Select(row => row.Origin).Distinct();

        origins.Should().Equal(new RowOrigin(Core.Drops.DropRef.NumberOf("pos.bill-3"), 41, 2, RowChange.Upsert, 1_795_595_602_120));
    }

    [Fact]
    public void VersionOfTheOffset_NeedsARecordKey()
    {
        var contract = BillFeed.With("version: revision, eventTime: sold_at", "version: offset");

        var rows = StreamRows.Read(contract, Segments.Of, Segments.Record(5, """{"bill_no":"a","revision":1}"""), Segments.Record(6, """{"bill_no":"b","revision":1}""", null));

        rows[0].Origin.Should().Be(new RowOrigin(Core.Drops.DropRef.NumberOf("pos.bill-0"), 5, 5, RowChange.Upsert, 1_795_376_405_125));
        rows[1].Refusal!.Code.Should().Be("record_key");
    }

    [Theory]
    [InlineData("\"S1-7\"")]
    [InlineData("S1-7")]
    [InlineData("""{"x":1,"bill_no":"S1-7"}""")]
    [InlineData("""{"bill_no":"S1\u002d7"}""")]
    public void Tombstone_DeletesTheRowOfItsKey(string key)
    {
        var contract = BillFeed.With("version: revision, eventTime: sold_at", "key: [bill_no]");

        var row = StreamRows.Read(contract, Segments.Of, Segments.Record(5, null, key)).Single();

        (row.Origin.Change, row.Origin.Version, row.Text, row.Refusal).Should().Be((RowChange.Delete, 5, "bill bill_no=S1-7", null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"bill_no":null}""")]
    [InlineData("""{"bill_no":"a","bill_no":"b"}""")]
    [InlineData("\"S1")]
    [InlineData("\"S1\" x")]
    public void TombstoneWithoutItsKey_IsRefused(string? key)
    {
        var contract = BillFeed.With("version: revision, eventTime: sold_at", "key: [bill_no]");

        StreamRows.Read(contract, Segments.Of, Segments.Record(5, null, key)).Single().Refusal!.Code.Should().Be("record_key");
    }

    [Fact]
    public void TombstoneThatTheContractDoesNotKnow_IsRefused() => StreamRows.Read(BillFeed.Contract, [null]).Single().Refusal!.Code.Should().Be("json");

    [Theory]
    [InlineData("\"net\":\"12.5\"", "12.5", null)]
    [InlineData("\"net\":12.50", "12.50", null)]
    [InlineData("\"net\":1.25E+2", "125", null)]
    [InlineData("\"net\":-125e-2", "-1.25", null)]
    [InlineData("\"net\":5E-1", "0.5", null)]
    [InlineData("\"net\":1e400", "1e400", "net: type")]
    [InlineData("\"net\":1.005", "1.005", "net: scale")]
    [InlineData("\"net\":\"12,5\"", "12,5", "net: type")]
    [InlineData("\"net\":true", "true", "net: type")]
    [InlineData("\"net\":[1]", "[1]", "net: type")]
    [InlineData("\"net\":\"\"", "", "net: type")]
    [InlineData("\"net\":99999999999", "99999999999", "net: range")]
    [InlineData("\"note\":12", "12", "note: type")]
    [InlineData("\"note\":false", "false", "note: type")]
    [InlineData("\"note\":{}", "{}", "note: type")]
    [InlineData("\"note\":\"a\\u20B9\\n\\\"\\\\\\/\\ud83d\\ude00\"", "a₹\n\"\\/😀", null)]
    [InlineData("\"note\":\"\\ud83d\"", "\\ud83d", "note: utf8")]
    [InlineData("\"note\":\"\\ude00\\ud83d\"", "\\ude00\\ud83d", "note: utf8")]
    [InlineData("\"note\":\"\\u0000\"", "\0", "note: nul")]
    [InlineData("\"n\\u006fte\":\"escaped name\"", "escaped name", null)]
    [InlineData("\"training\":0", "0", null)]
    [InlineData("\"training\":false", "0", null)]
    [InlineData("\"training\":\"yes\"", "yes", "is_training: type")]
    [InlineData("\"training\":2", "2", "is_training: type")]
    [InlineData("\"photo\":\"A===\"", "A===", "photo: type")]
    [InlineData("\"photo\":7", "7", "photo: type")]
    [InlineData("\"extra\":\"text\"", "\"text\"", null)]
    [InlineData("\"extra\":12", "12", null)]
    [InlineData("\"sold_at\":\"2026-11-25T14:03:22\"", "2026-11-25 14:03:22", null)]
    [InlineData("\"sold_at\":1795376405", "1795376405", "sold_at: format")]
    [InlineData("\"revision\":1.0", "1.0", "revision: type")]
    public void Value_IsTakenExactlyOrRefused(string member, string text, string? reason)
    {
        var rows = StreamRows.Read(BillFeed.Contract, $$"""{"bill_no":"a"{{(member.StartsWith("\"revision", StringComparison.Ordinal) ? "" : ",\"revision\":1")}},{{member}}}""");

        rows.Should().ContainSingle();
        rows[0].Reasons.Should().Equal(reason is null ? [] : [reason]);
        rows[0].Values.Values.Should().Contain(text);
    }

    [Theory]
    [InlineData("", "json")]
    [InlineData("{", "json")]
    [InlineData("[]", "json")]
    [InlineData("null", "json")]
    [InlineData("{} {}", "json")]
    [InlineData("{\"a\":01}", "json")]
    [InlineData("{\"a\":1,}", "json")]
    [InlineData("{\"bill_no\":\"a\nb\"}", "json")]
    [InlineData("\uFEFF{}", "json")]
    [InlineData("{\"bill_no\":\"a\",\"bill_no\":\"b\"}", "members")]
    [InlineData("{\"totals\":[],\"bill_no\":\"b\"}", "members")]
    [InlineData("{\"totals\":\"x\"}", "members")]
    [InlineData("{\"lines\":{}}", "members")]
    [InlineData("{\"lines\":\"x\"}", "members")]
    [InlineData("{\"lines\":[1]}", "members")]
    [InlineData("{\"lines\":[null]}", "members")]
    [InlineData("{\"lines\":[{\"taxes\":5}]}", "members")]
    [InlineData("{\"lines\":[],\"lines\":[]}", "members")]
    public void RecordThatIsNoBill_IsOneRefusedRow(string value, string code)
    {
        var row = StreamRows.Read(BillFeed.Contract, value).Should().ContainSingle().Subject;

        (row.Table, row.Refusal!.Code).Should().Be(("bill", code));
    }

    [Fact]
    public void DepthBeyondTheLimit_IsRefused()
    {
        var deep = $"{{\"x\":{new string('[', 64)}{new string(']', 64)}}}";

        StreamRows.Read(BillFeed.Contract, deep).Single().Refusal!.Code.Should().Be("json");
        StreamRows.Read(BillFeed.Contract, deep.Replace("[[", "[").Replace("]]", "]")).Single().Refusal.Should().BeNull();
    }

    [Fact]
    public void ManyTinyElements_AreRefusedBeforeTheyCostMemory() =>
        StreamRows.Read(BillFeed.Contract, $"{{\"lines\":[{string.Join(',', Enumerable.Repeat("{}", 20_000))}]}}").Single().Refusal!.Code.Should().Be("members");

    [Fact]
    public void TablesWithTopicsOfTheirOwn_AreReadFromThem()
    {
        var yaml = BillFeed.Yaml[..BillFeed.Yaml.IndexOf("  - name: bill_tax", StringComparison.Ordinal)]
            .Replace("topic: pos.bill, format: json, version: revision, eventTime: sold_at", "format: json", StringComparison.Ordinal)
            .Replace("value: 'lines[]'", "value: pos.bill_line", StringComparison.Ordinal).Replace("value: $index", "value: number", StringComparison.Ordinal)
            .Replace("- name: bill\n    physicalType: topic\n", "- name: bill\n    physicalType: topic\n    customProperties: [ { property: retaillake.record, value: pos.bill_head } ]\n", StringComparison.Ordinal);
        var loaded = Contracts.Streams.StreamContractTests.Load(yaml);
        loaded.Problems.Should().BeEmpty();
        var contract = loaded.Contracts.Single();
        contract.Topics.Should().Equal("pos.bill_head", "pos.bill_line");

        StreamRows.Read(contract, new TopicPartition("pos.bill_line", 0), Segments.Record(3, """{"bill_no":"a","number":2,"sku":"X"}""")).Single().Text
            .Should().Be("bill_line bill_no=a line_no=2 sku=X");
        StreamRows.Read(contract, new TopicPartition("pos.bill_head", 0), Segments.Record(3, """{"bill_no":"a","revision":1}""")).Single().Text.Should().StartWith("bill bill_no=a");
    }

    [Fact]
    public void TopicsWithoutRows_AreCounted()
    {
        var contract = BillFeed.With("eventTime: sold_at", "ignored: [pos.heartbeat]");

        var (rows, skipped) = StreamRows.ReadAll(contract, new("pos.heartbeat", 0), Segments.Record(1, "no json"), Segments.Record(2, null));

        rows.Should().BeEmpty();
        skipped.Should().Equal(new Dictionary<string, long> { ["topic pos.heartbeat"] = 2 });
    }

    [Fact]
    public void Poison_IsRefusedAtEveryPositionAndHoldsUpNothing()
    {
        (string Code, StreamRecord Record)[] poison =
        [
            ("json", Segments.Record(0, "no json {")), ("json", Segments.Record(0, "")), ("json", Segments.Record(0, null)), ("members", Segments.Record(0, """{"lines":7}""")),
            ("utf8", Segments.Record(0) with { Value = new byte[] { 0xFF, 0xFE, 0x00, 0x80 } }),
            ("utf8", Segments.Record(0) with { Value = Encoding.Latin1.GetBytes("""{"bill_no":"é"}""") }),
            ("too_long_bytes", Segments.Record(0, $$"""{"bill_no":"{{new string('x', 10_000_000)}}"}""")),
        ];
        foreach (var (code, bad) in poison)
        {
            for (var position = 0; position < 4; position++)
            {
                var records = Enumerable.Range(0, 4).Select(offset => offset == position ? bad with { Offset = offset } : Segments.Record(offset, $$"""{"bill_no":"b{{offset}}","revision":1,"lines":[{"sku":"A"}]}""")).ToArray();

                var rows = StreamRows.Read(BillFeed.Contract, Segments.Of, records);

                rows.Where(row => row.Unit == position + 1).Select(row => (row.Table, row.Refusal!.Code, row.Origin.Drop)).Should().Equal(("bill", code, (long)position));
                rows.Where(row => row.Unit != position + 1).Should().HaveCount(6).And.OnlyContain(row => row.Reasons.Count == 0);
            }
        }
    }
}
