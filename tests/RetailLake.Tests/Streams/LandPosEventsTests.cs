using System.Text.Json.Nodes;
using RetailLake.Core.Errors;
using RetailLake.Core.Streams;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Streams;

public sealed class LandPosEventsTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TopicPartition Zero = new("pos.bill", 0);
    private static readonly TopicPartition One = new("pos.bill", 1);

    private readonly StreamFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task EachPartition_IsOneSegment()
    {
        (await folder.LandAsync((Zero, Segments.Record(5)), (One, Segments.Record(9)), (Zero, Segments.Record(6, null)))).Should().BeEmpty();

        (await folder.Lake.ListAsync("", default).ToListAsync()).Should().Equal(new SegmentKey("pos", "bill", Zero, 5, 6).Key, new SegmentKey("pos", "bill", One, 9, 9).Key);
        (await Segments.LandedAsync(folder.Lake, Zero)).Values.Should().Equal(Segments.Text(Segments.Record(5)), Segments.Text(Segments.Record(6, null)));
    }

    [Fact]
    public async Task RecordsOutOfOrderAndTwice_LandOnceInOrder()
    {
        await folder.LandAsync((Zero, Segments.Record(7)), (Zero, Segments.Record(5)), (Zero, Segments.Record(7)));

        (await Segments.LandedAsync(folder.Lake, Zero)).Keys.Should().Equal(5, 7);
    }

    [Fact]
    public async Task TwoRecordsOfOneOffset_FailTheirPartitionAlone()
    {
        var failed = await folder.LandAsync((Zero, Segments.Record(8)), (Zero, Segments.Record(7, "a")), (Zero, Segments.Record(7, "b")), (One, Segments.Record(1)));

        failed.Should().Equal("pos.bill-0@7");
        (await Segments.LandedAsync(folder.Lake, Zero)).Should().BeEmpty();
        (await Segments.LandedAsync(folder.Lake, One)).Should().ContainSingle();
        folder.Log.Should().Contain(line => line.Contains("were not landed") && line.Contains("offset 7"));
    }

    [Fact]
    public async Task TopicWithoutContract_FailsWithItsReasonAndHoldsUpNoOther()
    {
        var failed = await folder.LandAsync((new("pos.unknown", 4), Segments.Record(12)), (new("pos.unknown", 4), Segments.Record(11)), (Zero, Segments.Record(1)));

        failed.Should().Equal("pos.unknown-4@11");
        (await Segments.LandedAsync(folder.Lake, Zero)).Should().ContainSingle();
        folder.Log.Should().Contain(line => line.Contains("'pos.unknown-4' were not landed") && line.Contains("no right contract"));
    }

    [Theory]
    [InlineData("value", "no base64!")]
    [InlineData("key", "abc")]
    [InlineData("timestampType", "SOME_TIME")]
    [InlineData("offset", -1)]
    public async Task RecordThatLambdaDoesNotWrite_FailsItsPartitionAlone(string member, object value)
    {
        var @event = JsonNode.Parse(StreamFolder.Event([(Zero, Segments.Record(5)), (One, Segments.Record(1))]))!;
        @event["records"]!["pos.bill-0"]![0]![member] = value is string text ? JsonValue.Create(text) : JsonValue.Create((int)value);

        var failed = await folder.LandAsync(@event.ToJsonString());

        failed.Should().ContainSingle().Which.Should().StartWith("pos.bill-0@");
        (await Segments.LandedAsync(folder.Lake, One)).Should().ContainSingle();
        string.Join('\n', folder.Log).Should().NotContain("no base64!");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}, 1]")]
    [InlineData("""[{"a": [1], "b": [2]}]""")]
    [InlineData("""[{"a": [256]}]""")]
    [InlineData("[null]")]
    public async Task HeadersOfAnotherForm_FailTheirPartition(string headers)
    {
        var @event = JsonNode.Parse(StreamFolder.Event([(Zero, Segments.Record(5))]))!;
        @event["records"]!["pos.bill-0"]![0]!["headers"] = JsonNode.Parse(headers);

        var landing = async () => (await folder.LandAsync(@event.ToJsonString())).Count;

        if (headers == "[]")
        {
            (await landing()).Should().Be(0);
        }
        else if (headers.Contains(", 1]", StringComparison.Ordinal))
        {
            await landing.Should().ThrowAsync<Exception>("the batch is no batch, and comes again whole");
        }
        else
        {
            (await landing()).Should().Be(1);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"records":{"a-0":null}}""")]
    [InlineData("""{"records":{"a-0":[null]}}""")]
    [InlineData("""{"records":{"a-0":[{"partition":0,"offset":1}]}}""")]
    [InlineData("""{"records":{"a-0":[{"topic":"a","partition":-1,"offset":1}]}}""")]
    public async Task EventThatIsNoBatch_FailsWhole(string @event)
    {
        var landing = () => folder.LandAsync(@event);

        await landing.Should().ThrowAsync<NotSupportedByLakeException>();
    }

    [Fact]
    public async Task ConflictWithWhatLanded_IsLoudAndChangesNothing()
    {
        await folder.LandAsync((Zero, Segments.Record(5, "a")), (Zero, Segments.Record(6, "b")));
        var before = await Segments.LandedAsync(folder.Lake, Zero);

        (StreamRecord[] Records, string Failed)[] deliveries =
        [
            ([Segments.Record(5, "a"), Segments.Record(6, "other")], "pos.bill-0@5"),
            ([Segments.Record(6, "other")], "pos.bill-0@6"),
            ([Segments.Record(0, "x"), Segments.Record(6, "other"), Segments.Record(7, "c")], "pos.bill-0@0"),
            ([Segments.Record(4, "x"), Segments.Record(5, "a", "other key")], "pos.bill-0@4"),
            ([Segments.Record(5, null), Segments.Record(9)], "pos.bill-0@5"),
        ];
        foreach (var (records, failed) in deliveries)
        {
            (await folder.LandAsync([.. records.Select(record => (Zero, record))])).Should().Equal(failed);
        }

        (await Segments.LandedAsync(folder.Lake, Zero)).Should().Equal(before);
        folder.Log.Where(line => line.Contains("SHA-256") && line.Contains("0000000000000000006-0000000000000000005.segment")).Should().HaveCount(deliveries.Length);
    }

    [Fact]
    public async Task PoisonAtEveryPosition_LandsAsItIs()
    {
        StreamRecord[] poison =
        [
            Segments.Record(0, "no json {"), Segments.Record(0, "{}", null), Segments.Record(0, "", ""), Segments.Record(0, null, null),
            Segments.Record(0) with { Value = new byte[] { 0xFF, 0xFE, 0x00, 0x80 } }, Segments.Record(0) with { Value = new byte[4 * 1024 * 1024], Timestamp = -1 },
        ];
        for (var position = 0; position < 5; position++)
        {
            foreach (var (bad, number) in poison.Select((bad, number) => (bad, number)))
            {
                var of = new TopicPartition("pos.bill", (position * poison.Length) + number);
                var records = Enumerable.Range(0, 5).Select(offset => offset == position ? bad with { Offset = offset } : Segments.Record(offset)).ToList();

                (await folder.LandAsync([.. records.Select(record => (of, record))])).Should().BeEmpty();

                (await Segments.LandedAsync(folder.Lake, of)).Values.Should().Equal(records.Select(Segments.Text));
            }
        }
    }

    /// <summary>Any batches of a stream, in any order, cut anywhere, repeated, some failing: what lies there in the end is what was produced.</summary>
    [Fact]
    public async Task AnyRedelivery_GivesTheSameRecords()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(300, 30); round++)
        {
            using var lake = new StreamFolder();
            List<List<(TopicPartition Of, StreamRecord Record)>> partitions = [.. Enumerable.Range(0, random.Next(1, 4)).Select(partition =>
            {
                var offset = (long)random.Next(100);
                return Enumerable.Range(0, random.Next(1, 80)).Select(_ => (new TopicPartition("pos.bill", partition), Segments.Any(random, offset += random.Next(1, 3)))).ToList();
            })];
            var batches = Enumerable.Range(0, 40).Select(_ => partitions.SelectMany(records => Cut(random, records)).ToList())
                .Concat(partitions.Select(records => records.ToList())).OrderBy(_ => random.Next()).ToList();

            foreach (var batch in batches)
            {
                (await lake.LandAsync(StreamFolder.Event(batch))).Should().BeEmpty();
            }

            foreach (var records in partitions)
            {
                (await Segments.LandedAsync(lake.Lake, records[0].Of)).Values.Should().Equal(records.Select(record => Segments.Text(record.Record)));
            }
        }
    }

    private static IEnumerable<(TopicPartition, StreamRecord)> Cut(Random random, List<(TopicPartition, StreamRecord)> records)
    {
        var from = random.Next(records.Count);
        return records.Skip(from).Take(random.Next(20)).OrderBy(_ => random.Next(3));
    }
}
