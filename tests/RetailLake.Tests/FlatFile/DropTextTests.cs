using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

public sealed class DropTextTests(ITestOutputHelper output)
{
    private static readonly ContractTable Table = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1)), FlatDrop.Column("b", from: FlatDrop.At(2)));

    [Theory]
    [InlineData("utf-8", "utf-16le")]
    [InlineData("utf-8", "utf-16be")]
    [InlineData("windows-1252", "utf-8")]
    [InlineData("us-ascii", "utf-16le")]
    [InlineData("utf-16le", "utf-16be")]
    [InlineData("utf-16be", "utf-8")]
    [InlineData("utf-16", "utf-8")]
    public void MarkOfAnotherEncoding_RefusesTheDrop(string declared, string written)
    {
        Encoding encoding = written switch { "utf-8" => new UTF8Encoding(true), "utf-16le" => Encoding.Unicode, _ => Encoding.BigEndianUnicode };

        FlatDrop.RefusalOf(() => Read(declared, [.. encoding.GetPreamble(), .. encoding.GetBytes("1,2\n")])).Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void Utf16WithoutMark_NeedsItsEnd() => FlatDrop.RefusalOf(() => Read("utf-16", Encoding.Unicode.GetBytes("1,2\n"))).Should().Be(DropRefusalCode.Format);

    [Theory]
    [InlineData(DropRefusalCode.Damaged, new byte[] { 0x00, 0xD8, 0x61, 0x00 })]
    [InlineData(DropRefusalCode.Damaged, new byte[] { 0x00, 0xDC })]
    [InlineData(DropRefusalCode.Torn, new byte[] { 0x61, 0x00, 0x3D, 0xD8 })]
    [InlineData(DropRefusalCode.Torn, new byte[] { 0x61, 0x00, 0x62 })]
    public void HalfOfAUtf16Character_RefusesTheDrop(string code, byte[] bytes)
    {
        byte[] stored = [.. Encoding.Unicode.GetBytes("1,2\n3,"), .. bytes];

        FlatDrop.RefusalOf(() => Read("utf-16le", stored)).Should().Be(code);
        FlatDrop.RefusalOf(() => FlatDrop.ReadInPieces(Contract("utf-16le"), stored, 1)).Should().Be(code);
    }

    [Fact]
    public void EveryByteOfSingleByteEncodings_IsWhatDotNetSays()
    {
        foreach (var (name, encoding) in new[] { ("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!), ("iso-8859-1", Encoding.Latin1) })
        {
            for (var value = 0xFF; value > 0x7F; value--)
            {
                if (name == "windows-1252" && value is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D)
                {
                    continue;
                }

                Read(name, [(byte)'x', (byte)value, (byte)',', (byte)'y', (byte)'\n']).Rows[0].Values[0].Should().Be("x" + encoding.GetString([(byte)value]));
            }
        }
    }

    [Theory]
    [InlineData("windows-1252", 0x81)]
    [InlineData("windows-1252", 0x9D)]
    [InlineData("us-ascii", 0x80)]
    [InlineData("us-ascii", 0xFF)]
    public void ByteWithoutACharacter_RefusesThatValueAlone(string encoding, int value)
    {
        using var reader = new DropReaders().Open(Contract(encoding), FlatDrop.Ref, new MemoryStream([(byte)'x', (byte)value, (byte)',', (byte)'y', (byte)'\n']));
        reader.Read().Should().BeTrue();
        var check = new RowText(reader.Row.Field(0).ToArray(), reader.Row.Field(1).ToArray());

        // What the column's text parser will say of it.
        System.Text.Unicode.Utf8.IsValid(check.First).Should().BeFalse();
        check.First.Length.Should().Be(2);
        Encoding.UTF8.GetString(check.Second).Should().Be("y");
    }

    [Fact]
    public void LongText_SurvivesAnyPiece()
    {
        var random = Soak.Random(output);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(row => $"{row},{(random.Next(4) == 0 ? "Ärger€" : "plain")}💶\n"));
        foreach (var (name, encoding) in new (string, Encoding)[] { ("utf-16le", Encoding.Unicode), ("utf-16be", Encoding.BigEndianUnicode) })
        {
            Read(name, encoding.GetBytes(text)).Lines.Should().Equal(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(',', '|')));
        }

        var western = text.Replace("💶", "", StringComparison.Ordinal);
        Read("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(western)).Lines
            .Should().Equal(western.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(',', '|')));
    }

    private static Contract Contract(string encoding) => FlatDrop.Contract(FlatDrop.Delimited(new(Header: false)) with { Encoding = encoding }, Table);

    private static ReadDrop Read(string encoding, byte[] stored) => FlatDrop.Read(Contract(encoding), stored);

    private sealed record RowText(byte[] First, byte[] Second);
}
