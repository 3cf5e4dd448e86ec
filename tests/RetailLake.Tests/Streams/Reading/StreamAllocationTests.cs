using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Sources.Drops;

namespace RetailLake.Tests.Streams.Reading;

public sealed class StreamAllocationTests
{
    private const int Records = 20_000;

    [Fact]
    public void JsonRecords_AllocateNothing() => Allocated(BillFeed.Contract, Segments.Of, offset =>
        $$$"""{"bill_no":"S{{{offset}}}","revision":1,"sold_at":"2026-11-25T14:03:22.12+05:30","note":"a\u20b9 é","net":1.5E+1,"training":true,"photo":"AQID","lines":[{"sku":"A","taxes":[{"amount":1}]},{"sku":"B"}]}""");

    [Theory]
    [InlineData("bare")]
    [InlineData("schema")]
    [InlineData("delete")]
    [InlineData("all")]
    public void ChangeEvents_AllocateNothing(string form)
    {
        string[] values =
        [
            ChangeFeed.Created("\"MDk=\""), ChangeFeed.WithSchema("\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"}", "\"MDk=\""),
            """{"op":"d","before":{"id":1},"source":{"file":"b.000001","pos":4}}""",
        ];
        Allocated(
            ChangeFeed.OfType("logicalType: number, physicalType: 'decimal(12,2)'"), ChangeFeed.Of,
            offset => values[form switch { "bare" => 0, "schema" => 1, "delete" => 2, _ => offset % 3 }]);
    }

    private static void Allocated(Contract contract, TopicPartition of, Func<int, string> value)
    {
        var bytes = Segments.Write(Enumerable.Range(0, Records).Select(offset => Segments.Record(offset, value(offset))), of);
        using var reader = new DropReaders().Open(contract, new DropRef("00", "x", new LakeObject("landing/x", bytes.Length, "00"), 1, DateTimeOffset.UnixEpoch), new MemoryStream(bytes));
        for (var row = 0; row < 1_000; row++)
        {
            reader.Read().Should().BeTrue();
        }

        var (rows, before) = (0, GC.GetAllocatedBytesForCurrentThread());
        while (reader.Read())
        {
            rows++;
        }

        rows.Should().BeGreaterThan(Records - 1_001);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(Records, "an object a record would be 24 bytes a record");
    }
}
