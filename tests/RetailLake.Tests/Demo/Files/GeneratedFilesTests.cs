using System.Diagnostics;
using RetailLake.Local.Demo.Files;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

public sealed class GeneratedFilesTests(ITestOutputHelper output)
{
    public static TheoryData<string> Contracts => [.. Feeds.Select(feed => feed.Contract)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void SameSeed_GivesTheSameBytes(string contract)
    {
        var feed = Feeds.Single(feed => feed.Contract == contract);

        var (first, content) = Make(feed, 100);

        var (second, again) = Make(feed, 100);
        second.Should().Equal(first);
        again.Should().BeEquivalentTo(content);
        Make(feed, 100, revision: 1).Bytes.Should().NotEqual(first);
        var other = new FileWorld(Seed + 1, 20_000, 6);
        using var stream = new MemoryStream();
        feed.Write(stream, feed.Part(other.Stores[1], Day, 100) with { Seed = other.Seed });
        stream.ToArray().Should().NotEqual(first);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void EachKindOfDirt_IsThere_AndLittle(string contract)
    {
        var feed = Feeds.Single(feed => feed.Contract == contract);

        // Doors of six shops with fourteen hours each make rows enough of few parts.
        var (_, content) = Make(feed, feed.IsForAllStores ? 40 : 1_200);

        var kinds = content.Tables.SelectMany(table => table.Reasons.Keys).Where(code => code != PlantedTable.UnitRejected).Distinct();
        kinds.Should().HaveCount(contract switch { "poslog.transaction" => 1, "crt.till_count" => 5, "gp.grn" => 6, "util.price_tag" => 7, _ => 5 });
        content.Tables.Should().AllSatisfy(table => ((double)table.Rejected / table.Rows).Should().BeInRange(0.01, 0.04));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Restated_ChangesSomeRows_AndDropsSome(string contract)
    {
        var feed = Feeds.Single(feed => feed.Contract == contract);

        var (first, second) = (Make(feed, 200).Content, Make(feed, 200, revision: 1).Content);

        second.Tables[0].Rows.Should().BeInRange(first.Tables[0].Rows * 8 / 10, first.Tables[0].Rows - 1);
        second.Tables[0].Sums.Should().NotBeEquivalentTo(first.Tables[0].Sums);
    }

    [Theory(Explicit = true)]
    [InlineData("crt.till_count", 7_000_000, false)]
    [InlineData("gp.grn", 800_000, false)]
    [InlineData("util.price_tag", 5_000_000, false)]
    [InlineData("poslog.transaction", 250_000, false)]
    [InlineData("poslog.transaction", 60_000, true)]
    public void Gigabytes_TakeSeconds(string contract, int rows, bool isLarge)
    {
        var drops = new DemoDrops(new(Seed, 1_000_000, LargeBills: isLarge));
        using var counting = new CountingStream();
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);

        drops.WriteContent(counting, contract, 1, Day, rows);

        output.WriteLine($"{contract}{(isLarge ? " large" : "")}: {counting.Bytes / 1e6:N0} MB, {counting.Bytes / 1e6 / watch.Elapsed.TotalSeconds:N0} MB/s, {counting.Bytes / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds:N0} MB per CPU second");
    }

    /// <summary>A gigabyte would show no more: the buffer is reused from the second 256 KB on.</summary>
    [Theory]
    [InlineData("crt.till_count", 20_000)]
    [InlineData("gp.grn", 2_000)]
    [InlineData("poslog.transaction", 1_000)]
    public void LargeFiles_TakeNoMemoryByRow(string contract, int rows)
    {
        var feed = Feeds.Single(feed => feed.Contract == contract);
        feed.Write(Stream.Null, feed.Part(World.Stores[0], Day, 100));

        var before = GC.GetAllocatedBytesForCurrentThread();
        feed.Write(Stream.Null, feed.Part(World.Stores[0], Day, rows));

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(400_000);
    }

    private sealed class CountingStream : Stream
    {
        public long Bytes { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Bytes;

        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Bytes += count;

        public override void Write(ReadOnlySpan<byte> buffer) => Bytes += buffer.Length;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
