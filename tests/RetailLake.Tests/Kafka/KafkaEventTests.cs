using System.Text;
using RetailLake.Core.Streams;
using RetailLake.Local.Kafka;
using RetailLake.Tests.Scenarios;
using RetailLake.Tests.Streams;

namespace RetailLake.Tests.Kafka;

/// <summary>What is polled becomes Lambda's event, and what the function lands of that is what was polled, to the byte.</summary>
public sealed class KafkaEventTests(ITestOutputHelper output)
{
    private const int TenMegabytes = 10_000_000;

    [Fact]
    public async Task RecordsOfAllKinds_LandAsTheyWere()
    {
        var random = Soak.Random(output);
        using var folder = new StreamFolder();
        var records = Enumerable.Range(0, 300).Select(offset => Named(Segments.Any(random, offset))).Select(record => new PolledRecord(Segments.Of, record)).ToList();

        (await folder.LandAsync(Event(records))).Should().BeEmpty();

        (await LandedAsync(folder)).Should().BeEquivalentTo(records.Select(record => record.Record), options => options.WithStrictOrdering().ComparingByMembers<StreamRecord>().Using<ReadOnlyMemory<byte>>(bytes => bytes.Subject.ToArray().Should().Equal(bytes.Expectation.ToArray())).WhenTypeIs<ReadOnlyMemory<byte>>());
    }

    [Fact]
    public void Size_IsNeverLessThanTheEvents()
    {
        var random = Soak.Random(output);
        foreach (var record in Enumerable.Range(0, 300).Select(offset => new PolledRecord(Segments.Of, Named(Segments.Any(random, offset)))))
        {
            ((long)Encoding.UTF8.GetByteCount(Event([record]))).Should().BeLessThanOrEqualTo(KafkaEvent.FrameBytes + KafkaEvent.SizeOf(record));
        }
    }

    [Fact]
    public void Batch_IsAsLargeAsLambdaTakes_AndALargerRecordIsAlone()
    {
        var batch = new PolledBatch(10_000);
        var large = Polled.Record(0, 1, new('x', TenMegabytes));
        PolledRecord[] records = [Polled.Record(0, 0), large, Polled.Record(0, 2), .. Enumerable.Range(3, 20).Select(offset => Polled.Record(0, offset, new('y', 1_000_000)))];

        List<IReadOnlyList<PolledRecord>> taken = [];
        foreach (var record in records)
        {
            batch.Add(record);
            if (batch.IsFull)
            {
                taken.Add(batch.Take());
            }
        }

        taken.Add(batch.Take());
        batch.IsEmpty.Should().BeTrue();
        taken.SelectMany(part => part).Should().Equal(records);
        taken.Should().ContainSingle(part => part.Contains(large)).Which.Should().ContainSingle();
        taken.Where(part => !part.Contains(large)).Should().OnlyContain(part => Encoding.UTF8.GetByteCount(Event(part)) <= PolledBatch.LambdaBytes);
        taken.Should().HaveCountLessThan(9);
    }

    [Fact]
    public async Task RecordBeyondLambdasLimit_LandsOnTheLocalPath()
    {
        using var folder = new StreamFolder();
        var large = Polled.Record(0, 7, new('x', TenMegabytes));

        (await folder.LandAsync(Event([large]))).Should().BeEmpty();

        (await LandedAsync(folder)).Should().ContainSingle().Which.Value!.Value.Length.Should().Be(TenMegabytes);
    }

    private static string Event(IReadOnlyList<PolledRecord> records) => Encoding.UTF8.GetString(KafkaEvent.Of(Polled.Mapping.ClusterArn, "127.0.0.1:9092", records));

    /// <summary>Kafka's protocol has no "unstated" timestamp type; Lambda writes one always.</summary>
    private static StreamRecord Named(StreamRecord record) => record.TimestampKind == TimestampKind.Unstated ? record with { TimestampKind = TimestampKind.NoTimestampType } : record;

    private static async Task<List<StreamRecord>> LandedAsync(StreamFolder folder)
    {
        List<StreamRecord> records = [];
        await foreach (var segment in SegmentKey.BeyondAsync(folder.Lake, "pos", "bill", Segments.Of, -1, default))
        {
            using var bytes = new MemoryStream();
            await (await folder.Lake.OpenReadAsync(segment.Key, default))!.CopyToAsync(bytes);
            records.AddRange(Segments.Read(bytes.ToArray()));
        }

        return records;
    }
}
