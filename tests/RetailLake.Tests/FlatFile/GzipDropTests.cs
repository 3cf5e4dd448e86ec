using System.IO.Compression;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Tests.FlatFile;

public sealed class GzipDropTests
{
    private static readonly Contract Feed = FlatDrop.Contract(
        FlatDrop.Delimited(new(), ProofKind.Stable) with { Compression = DropCompression.Gzip, MaxBytes = 1_000_000 }, FlatDrop.Table("t", null, FlatDrop.Column("a"), FlatDrop.Column("b")));

    [Fact]
    public void Members_FollowEachOther()
    {
        FlatDrop.Read(Feed, Gzip("a,b\n1,2\n")).Lines.Should().Equal("1|2");
        FlatDrop.Read(Feed, [.. Gzip("a,b\n1,"), .. Gzip("2\n"), .. Gzip("3,4\n")]).Lines.Should().Equal("1|2", "3|4");
    }

    [Fact]
    public void MembersInAnyPieces_AreRead()
    {
        byte[] stored = [.. Gzip("a,b\n"), .. Gzip(string.Concat(Enumerable.Repeat("1,2\n", 3_000))), .. Gzip("3,4\n")];

        for (var piece = 1; piece <= 64; piece++)
        {
            FlatDrop.ReadInPieces(Feed, stored, piece).Rows.Should().HaveCount(3_001);
            FlatDrop.RefusalOf(() => FlatDrop.ReadInPieces(Feed, [.. stored, 0], piece)).Should().Be(DropRefusalCode.Torn);
        }
    }

    [Fact]
    public void BytesBehindTheStream_AreRefused_WhereverABlockOfTheReaderEnds()
    {
        var gzip = Gzip("a,b\n1,2\n");
        byte[][] behind = [[0], [0x1F], [0x1F, 0x8B], [0x1F, 0x8C, 8], "garbage"u8.ToArray(), new byte[8_192 - gzip.Length], new byte[20_000]];

        foreach (var bytes in behind)
        {
            FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [.. gzip, .. bytes])).Should().Be(DropRefusalCode.Torn, $"{bytes.Length} bytes");
        }

        // A second member whose first byte is damaged is such bytes: .NET would drop its rows without a word.
        var second = Gzip("3,4\n");
        second[0] ^= 1;
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [.. gzip, .. second])).Should().Be(DropRefusalCode.Torn);
    }

    [Fact]
    public void ExactlyOneBlockOfMembers_IsTakenAndOneMoreByteIsNot()
    {
        // .NET reads 8,192 bytes at a time: the end of a member may be the end of a block.
        for (var length = 8_150; length <= 8_200; length++)
        {
            var stored = GzipOfLength(length);
            FlatDrop.Read(Feed, stored).Rows.Should().ContainSingle();
            FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [.. stored, (byte)'x'])).Should().Be(DropRefusalCode.Torn);
        }
    }

    [Fact]
    public void OtherFiles_AreNotGzip()
    {
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, "")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [0x1F])).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, "a,b\n1,2\n")).Should().Be(DropRefusalCode.Format);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, ZipBuilder.Of(ZipBuilder.Text("a", "a,b\n")))).Should().Be(DropRefusalCode.Format);
        var plain = Feed with { Drop = Feed.Drop! with { Compression = DropCompression.None } };
        FlatDrop.RefusalOf(() => FlatDrop.Read(plain, Gzip("a,b\n1,2\n"))).Should().Be(DropRefusalCode.Format);
        FlatDrop.RefusalOf(() => FlatDrop.Read(plain, ZipBuilder.Of(ZipBuilder.Text("a", "a,b\n")))).Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void Bombs_StopAtTheLimit()
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write("a,b\n"u8);
            var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 25_000)));
            for (var megabyte = 0; megabyte < 1_000; megabyte++)
            {
                gzip.Write(rows);
            }
        }

        var source = new MemoryStream(stored.ToArray());
        using var reader = new RetailLake.Sources.Drops.DropReaders().Open(Feed, FlatDrop.Ref, source);
        FlatDrop.RefusalOf(() =>
        {
            while (reader.Read())
            {
            }
        }).Should().Be(DropRefusalCode.TooLarge);
        source.Position.Should().BeLessThan(source.Length / 10);
    }

    [Fact]
    public void ContentOfExactlyTheLimit_IsTaken()
    {
        var feed = Feed with { Drop = Feed.Drop! with { MaxBytes = 8 } };

        FlatDrop.Read(feed, Gzip("a,b\n1,2\n")).Lines.Should().Equal("1|2");
        FlatDrop.RefusalOf(() => FlatDrop.Read(feed, Gzip("a,b\n1,23\n"))).Should().Be(DropRefusalCode.TooLarge);
    }

    internal static byte[] Gzip(string text)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return stored.ToArray();
    }

    /// <summary>One row, stored without compression, padded by an FNAME field.</summary>
    private static byte[] GzipOfLength(int length)
    {
        var gzip = Gzip("a,b\n1,2\n");
        gzip[3] |= 8;
        return [.. gzip[..10], .. Enumerable.Repeat((byte)'n', length - gzip.Length - 1), 0, .. gzip[10..]];
    }
}
