using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Streams;

public sealed class SegmentKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Key_HasTheLastOffsetFirst() => new SegmentKey("pos", "bill", new("pos.bill", 3), 7, 1_041).Key
        .Should().Be("landing/pos/bill/topic=pos.bill/partition=00003/0000000000000001041-0000000000000000007.segment");

    [Fact]
    public async Task ForeignName_HidesNoPartition()
    {
        var lake = new FileSystemLake(new Uri(folder.Path).AbsoluteUri);
        foreach (var partition in new[] { 0, 1 })
        {
            var of = Segments.Of with { Partition = partition };
            await lake.PutIfAbsentAsync(SegmentKey.Folder("pos", "bill", of) + ".nfs0001", new byte[1], default);
            await lake.PutIfAbsentAsync(new SegmentKey("pos", "bill", of, 3, 9).Key, new byte[1], default);
        }

        var found = await LandedPartitions.OfTopicAsync(lake, "pos", "bill", "pos.bill", default).ToListAsync();

        found.Select(partition => (partition.Of.Partition, partition.Oldest.Last)).Should().Equal((0, 9), (1, 9));
    }

    [Fact]
    public void LongestTopic_IsAKey() => LakeKey.IsValid(new SegmentKey("pos", "bill", new(new('t', 249), int.MaxValue), 0, long.MaxValue).Key).Should().BeTrue();

    [Theory]
    [InlineData("landing/pos/bill/topic=pos.bill/partition=00000/0000000000000000009-0000000000000000010.segment")]
    [InlineData("landing/pos/bill/topic=pos.bill/partition=00000/9999999999999999999-0000000000000000000.segment")]
    [InlineData("landing/pos/bill/topic=pos.bill/partition=00000/0000000000000000010_0000000000000000009.segment")]
    [InlineData("landing/pos/bill/topic=pos.bill/partition=00000/0000000000000000010-0000000000000000009.segments")]
    [InlineData("landing/pos/bill/topic=pos.bill/partition=00001/0000000000000000010-0000000000000000009.segment")]
    [InlineData("landing/pos/bill/drop=00")]
    public void OtherKeys_AreNoSegments(string key) => SegmentKey.TryParse(key, "pos", "bill", Segments.Of).Should().BeNull();

    [Theory]
    [InlineData(-1, "0-0 0-4 3-9 5-9 10-10 11-20")]
    [InlineData(0, "0-4 3-9 5-9 10-10 11-20")]
    [InlineData(4, "3-9 5-9 10-10 11-20")]
    [InlineData(9, "10-10 11-20")]
    [InlineData(10, "11-20")]
    [InlineData(20, "")]
    public async Task Listing_BeginsBehindThePosition(long position, string expected)
    {
        var lake = new FileSystemLake(new Uri(folder.Path).AbsoluteUri);
        foreach (var (first, last) in new[] { (0, 0), (0, 4), (5, 9), (3, 9), (10, 10), (11, 20) })
        {
            await lake.PutIfAbsentAsync(new SegmentKey("pos", "bill", Segments.Of, first, last).Key, new byte[1], default);
        }

        await lake.PutIfAbsentAsync(SegmentKey.Folder("pos", "bill", Segments.Of) + "something-else", new byte[1], default);

        var found = await SegmentKey.BeyondAsync(lake, "pos", "bill", Segments.Of, position, default).ToListAsync();

        string.Join(' ', found.Select(segment => $"{segment.First}-{segment.Last}")).Should().Be(expected);
    }
}
