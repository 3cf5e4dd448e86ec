using System.IO.Compression;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;

namespace RetailLake.Tests.FlatFile;

public sealed class ZipDropTests
{
    private static readonly Contract Feed = FlatDrop.Contract(
        FlatDrop.Delimited(new(), ProofKind.Stable) with { Compression = DropCompression.Zip, MaxBytes = 100_000 }, FlatDrop.Table("t", null, FlatDrop.Column("a"), FlatDrop.Column("b")));

    [Fact]
    public void EachFileIsADocument_InTheOrderOfNames()
    {
        var zip = ZipBuilder.Of(ZipBuilder.Text("b.csv", "b,a\n3,4\n"), new ZipBuilder.Part("sub/", []) { Method = 0 }, ZipBuilder.Text("a.csv", "a,b\n1,2\n\n"), ZipBuilder.Text("sub/c.csv", "a,x,b\n5,,6\n") with { Method = 0 });

        var drop = FlatDrop.Read(Feed, zip);

        drop.Lines.Should().Equal("1|2", "4|3", "5|6");
        drop.Rows.Select(row => (row.Number, row.Unit)).Should().Equal((1, 1), (2, 2), (3, 3));
        drop.Skipped.Values.Should().Equal(1);
    }

    [Fact]
    public void EachHeader_IsHeldAgainstTheContractAndNotAgainstTheOneBefore()
    {
        var wide = ZipBuilder.Text("a.csv", "a,b,extra\n1,2,x\n1,2\n");

        FlatDrop.Read(Feed, ZipBuilder.Of(wide, ZipBuilder.Text("b.csv", "a,b\n3,4\n3,4,x\n"))).Lines.Should().Equal("1|2", "<columns>", "3|4", "<columns>");
        Code(wide, ZipBuilder.Text("b.csv", "a\n3\n")).Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void ArchiveThatNoTemporaryFileCanHold_IsRefusedBeforeItIsCopied()
    {
        var zip = ZipBuilder.Of(ZipBuilder.Text("a", "a,b\n1,2\n"));
        using var stored = new MemoryStream(zip);
        var drop = FlatDrop.Ref with { Object = FlatDrop.Ref.Object with { Bytes = 1 << 20 } };
        using var content = new DropContent(Feed, drop, stored) { TemporaryBytes = () => 1 << 20 };

        var read = () => content.Next();

        var refusal = read.Should().Throw<DropRefusedException>().Which;
        refusal.Code.Should().Be(DropRefusalCode.TooLarge);
        refusal.Found.Should().Contain("1,048,576 bytes");
    }

    [Fact]
    public void ArchivesOfDotNet_AreRead()
    {
        using var stored = new MemoryStream();
        using (var archive = new ZipArchive(stored, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var file = 0; file < 1_000; file++)
            {
                using var writer = new StreamWriter(archive.CreateEntry($"{file:0000}.csv").Open());
                writer.Write($"a,b\n{file},x\n");
            }
        }

        FlatDrop.Read(Feed, stored.ToArray()).Lines.Should().Equal(Enumerable.Range(0, 1_000).Select(file => $"{file}|x"));
    }

    [Fact]
    public void LengthsBehindTheContentAndZip64_AreRead()
    {
        FlatDrop.Read(Feed, ZipBuilder.Of(ZipBuilder.Text("a", "a,b\n1,2\n") with { Flags = 8 }, ZipBuilder.Text("b", "a,b\n3,4\n"))).Lines.Should().Equal("1|2", "3|4");
        FlatDrop.Read(Feed, ZipBuilder.Of(ZipBuilder.Text("a", "a,b\n1,2\n") with { Zip64 = true })).Lines.Should().Equal("1|2");
    }

    [Theory]
    [InlineData("../a.csv")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\a")]
    [InlineData("C:a")]
    [InlineData("./a")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void NamesThatLeadOut_RefuseTheDrop(string name) => Code(ZipBuilder.Text(name, "a,b\n")).Should().Be(DropRefusalCode.Format);

    [Fact]
    public void WhatIsNotRead_IsRefused()
    {
        var good = ZipBuilder.Text("a", "a,b\n1,2\n");

        Code(good with { Flags = 1 }).Should().Be(DropRefusalCode.Format);
        Code(good with { Flags = 1 << 6 }).Should().Be(DropRefusalCode.Format);
        Code(good with { Method = 9 }).Should().Be(DropRefusalCode.Format);
        Code(good with { Method = 12 }).Should().Be(DropRefusalCode.Format);
        Code(good with { External = 0xA1FF0000 }).Should().Be(DropRefusalCode.Format);
        Code(good, good).Should().Be(DropRefusalCode.Format);
        Code(new ZipBuilder.Part("a/", []) { Method = 0 }).Should().Be(DropRefusalCode.Format);
        Code().Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void Lies_AreRefused()
    {
        var good = ZipBuilder.Text("a", "a,b\n1,2\n");

        Code(good with { Crc = 1 }).Should().Be(DropRefusalCode.Damaged);
        Code(good with { Length = 7 }).Should().Be(DropRefusalCode.Damaged);
        Code(good with { Length = 9 }).Should().Be(DropRefusalCode.Damaged);
        Code(good with { LocalName = "b" }).Should().Be(DropRefusalCode.Damaged);
        Code(good, ZipBuilder.Text("b", "a,b\n") with { ClaimedOffset = 0 }).Should().Be(DropRefusalCode.Damaged);
    }

    [Fact]
    public void EntriesThatShareBytes_AreRefused()
    {
        // The second entry lies whole within the stored content of the first one.
        var inner = ZipBuilder.Of(ZipBuilder.Text("b", "a,b\n1,2\n"));
        var outer = new ZipBuilder.Part("a", inner) { Method = 0 };

        Code(outer, ZipBuilder.Text("b", "a,b\n1,2\n") with { ClaimedOffset = 31 }).Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void TooManyEntriesOrBytes_AreRefusedBeforeTheyAreRead()
    {
        Code([.. Enumerable.Range(0, 1_001).Select(file => ZipBuilder.Text($"{file}", "a,b\n"))]).Should().Be(DropRefusalCode.TooLarge);
        Code(ZipBuilder.Text("a", "a,b\n"), ZipBuilder.Text("b", "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 25_000)))).Should().Be(DropRefusalCode.TooLarge);
        Code(ZipBuilder.Text("a", "a,b\n" + new string(' ', 50_000_000))).Should().Be(DropRefusalCode.TooLarge);
    }

    [Fact]
    public void OtherFiles_AreNoArchives()
    {
        var zip = ZipBuilder.Of(ZipBuilder.Text("a", "a,b\n1,2\n"));

        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, "a,b\n1,2\n")).Should().Be(DropRefusalCode.Format);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, "")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [.. "#!/bin/sh\n"u8, .. zip])).Should().Be(DropRefusalCode.Format);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [.. zip, 0])).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, [.. zip, .. zip])).Should().Be(DropRefusalCode.Damaged);
        FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(zip) + "PK\u0005\u0006"))).Should().Be(DropRefusalCode.Torn);
    }

    [Fact]
    public void HostileEntryNames_AreShownOnOneLine() =>
        FluentActions.Invoking(() => FlatDrop.Read(Feed, ZipBuilder.Of(ZipBuilder.Text("a\n\u001B[31m\u202E'" + new string('x', 500), "x\n")))).Should().Throw<DropRefusedException>()
            .Which.Found.Should().NotContainAny("\n", "\u001B", "\u202E").And.Subject!.Length.Should().BeLessThan(400);

    private static string Code(params ZipBuilder.Part[] parts) => FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, ZipBuilder.Of(parts)));
}
