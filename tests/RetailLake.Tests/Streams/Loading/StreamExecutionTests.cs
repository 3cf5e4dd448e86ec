using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Tests.Onboarding;
using RetailLake.Tests.Streams.Reading;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>Executions of the shipped state machine over landed segments.</summary>
public sealed class StreamExecutionTests : IAsyncDisposable
{
    private static readonly TopicPartition Of = new("pos.bill", 0);

    private readonly FilesLake lake = new();

    [Fact]
    public async Task LandedRecords_AreLoadedAndNothingIsLeftToDo()
    {
        await OpenAsync();
        await LandAsync(Bill(0, "S1", 1), Bill(1, "S2", 1), Segments.Record(2, "[]"));

        var first = await lake.IngestAsync("pos.bill");
        var nothing = await lake.IngestAsync("pos.bill");
        await LandAsync(Bill(3, "S1", 2));
        var second = await lake.IngestAsync("pos.bill");

        (first.Status, nothing.Status, second.Status).Should().Be(("SUCCEEDED", "SUCCEEDED", "SUCCEEDED"));
        (await lake.QueryAsync("SELECT bill_no, revision FROM pos.bill ORDER BY 1")).Should().Equal("S1|2", "S2|1");
        (await lake.QueryAsync("SELECT COUNT(*) FROM pos.bill_line")).Should().Equal("2");
        (await lake.QueryAsync("SELECT mode, landed, rejected, published FROM ops.load_ledger ORDER BY ordinal")).Should().Equal("stream|5|1|4", "stream|2|0|2");
    }

    [Fact]
    public async Task LostPosition_FailsByItsName()
    {
        await OpenAsync();
        await LandAsync(Bill(0, "S1", 1), Bill(1, "S2", 1));
        await lake.IngestAsync("pos.bill");
        Directory.Delete(Path.Combine(lake.Home.Lake, "landing"), recursive: true);
        await LandAsync(Bill(0, "S1", 1));

        var outcome = await lake.IngestAsync("pos.bill");

        (outcome.Status, outcome.Error).Should().Be(("FAILED", nameof(StreamPositionLostException)));
    }

    public ValueTask DisposeAsync() => lake.DisposeAsync();

    private async Task OpenAsync()
    {
        lake.Write("pos", "bill", BillFeed.Yaml);
        await lake.OpenAsync();
    }

    private Task<LandedSegment> LandAsync(params StreamRecord[] records) =>
        new SegmentLander(new FileSystemLake(new Uri(lake.Home.Lake).AbsoluteUri)).LandAsync(BillFeed.Contract, Of, records, default);

    private static StreamRecord Bill(long offset, string no, int revision) => Segments.Record(offset, $$"""
        {"bill_no":"{{no}}","revision":{{revision}},"sold_at":"2026-11-25T12:00:00","net":5.00,"lines":[{"sku":"A","taxes":[]}]}
        """, no);
}
