using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.FlatFile;

public sealed class FixedReaderTests
{
    private static readonly ContractTable Items = FlatDrop.Table(
        "item",
        null,
        FlatDrop.Column("code", from: FlatDrop.At(1, 4), format: new() { Pad = '0' }),
        FlatDrop.Column("price", ColumnKind.Decimal, new() { ImpliedDecimals = 2, Sign = SignStyle.Overpunch }, FlatDrop.At(5, 6)),
        FlatDrop.Column("name", from: FlatDrop.At(11, 8), format: new() { Trim = true }));

    [Fact]
    public void PlacesBecomeValues()
    {
        var drop = Read(new(), "001200123{Rice    \r\n\n001300005}Dal\n");

        drop.Lines.Should().Equal("12|0012.30|Rice", "13|-0000.50|Dal");
        drop.Skipped.Should().ContainSingle().Which.Value.Should().Be(1);
    }

    [Theory]
    [InlineData("001200123")]
    [InlineData("0012")]
    [InlineData(" ")]
    [InlineData("001200123{Rice    x")]
    [InlineData("001200123{Rice     ")]
    public void AnotherLength_RefusesThatRow(string record) =>
        Read(new(), record + "\n001300005{Dal\n").Lines.Should().Equal("<columns>", "13|0000.50|Dal");

    [Fact]
    public void ShortRecord_IsTakenOnlyWithinATrimmedLastText()
    {
        var strict = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2)), FlatDrop.Column("b", from: FlatDrop.At(3, 4)));
        var trimmed = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2)), FlatDrop.Column("b", from: FlatDrop.At(3, 4), format: new() { Trim = true }));

        Lines(FlatDrop.Fixed(new()), strict, "12abcd\n12abc\n12\n").Should().Equal("12|abcd", "<columns>", "<columns>");
        Lines(FlatDrop.Fixed(new()), trimmed, "12abcd\n12abc\n12\n1\n").Should().Equal("12|abcd", "12|abc", "12|NULL", "<columns>");
    }

    [Fact]
    public void CharactersAndBytes_AreNotTheSame()
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 3)), FlatDrop.Column("b", from: FlatDrop.At(4, 2)));

        Lines(FlatDrop.Fixed(new()), table, "éàü12\nabc34\n").Should().Equal("éàü|12", "abc|34");
        Lines(FlatDrop.Fixed(new(FixedUnit.Bytes)), table, "éa12\nabc34\n").Should().Equal("éa|12", "abc|34");
        FlatDrop.Read(FlatDrop.Contract(FlatDrop.Fixed(new(FixedUnit.Bytes)) with { Encoding = "iso-8859-1" }, table), Encoding.Latin1.GetBytes("éàü12\n")).Lines.Should().Equal("éàü|12");
        FlatDrop.Read(FlatDrop.Contract(FlatDrop.Fixed(new()) with { Encoding = "utf-16le" }, table), Encoding.Unicode.GetBytes("éàü12\n")).Lines.Should().Equal("éàü|12");
        FluentActions.Invoking(() => Lines(FlatDrop.Fixed(new(FixedUnit.Bytes)) with { Encoding = "utf-16le" }, table, "")).Should().Throw<ContractInvalidException>();
    }

    [Fact]
    public void RecordThatIsNoUtf8_IsRefused_ItsCharactersCannotBeCounted()
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2)), FlatDrop.Column("b", from: FlatDrop.At(3, 1)));

        FlatDrop.Read(FlatDrop.Contract(FlatDrop.Fixed(new()), table), [0xC3, (byte)'a', (byte)'b', (byte)'\n', .. "xyz\n"u8]).Lines.Should().Equal("<utf8>", "xy|z");
    }

    [Theory]
    [InlineData(FixedUnit.Bytes)]
    [InlineData(FixedUnit.Characters)]
    public void RecordsOfOneLength_FollowEachOther(FixedUnit unit)
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2)), FlatDrop.Column("b", from: FlatDrop.At(3, 1)));
        var spec = FlatDrop.Fixed(new(unit, RecordLength: 4));

        Lines(spec, table, "ab1 c\n2 ").Should().Equal("ab|1", "c\n|2");
        FlatDrop.RefusalOf(() => Lines(spec, table, "ab1 cd2")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => Lines(spec, table, "ab1 \n")).Should().Be(DropRefusalCode.Torn);
        Lines(FlatDrop.Fixed(new(unit, RecordLength: 4, SubstituteEof: true)), table, "ab1 \x1A").Should().Equal("ab|1");
    }

    [Fact]
    public void CharactersWithoutLineEnds_MayBeOfSeveralBytes()
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2)), FlatDrop.Column("b", from: FlatDrop.At(3, 1)));
        var contract = FlatDrop.Contract(FlatDrop.Fixed(new(RecordLength: 3)), table);

        for (var piece = 1; piece < 8; piece++)
        {
            FlatDrop.ReadInPieces(contract, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é€1ab2💶💶3", 30))), piece).Lines
                .Should().Equal(Enumerable.Repeat<string[]>(["é€|1", "ab|2", "💶💶|3"], 30).SelectMany(lines => lines));
        }

        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, [(byte)'a', 0xFF, (byte)'b'])).Should().Be(DropRefusalCode.Damaged);
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, [(byte)'a', (byte)'b', 0xC3])).Should().Be(DropRefusalCode.Torn);
    }

    [Fact]
    public void StableDrop_MustEndWithALineEnd()
    {
        FlatDrop.RefusalOf(() => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Fixed(new(), ProofKind.Stable), Items), "0012000123{Rice    ")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Fixed(new(), ProofKind.Stable), Items), "")).Should().Be(DropRefusalCode.Torn);
    }

    [Fact]
    public void AnyPiece_GivesTheSameRows()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(row => $"{row + 1:0000}0000{row % 10}ANmé{row:00000}" + (row % 2 == 0 ? "\r\n" : "\r"))));
        var contract = FlatDrop.Contract(FlatDrop.Fixed(new()), Items);
        var whole = FlatDrop.Read(contract, text).Lines.ToList();

        whole.Should().HaveCount(100).And.OnlyHaveUniqueItems();
        for (var piece = 1; piece < 8; piece++)
        {
            FlatDrop.ReadInPieces(contract, text, piece).Lines.Should().Equal(whole);
        }
    }

    private static ReadDrop Read(FixedLayout layout, string text) => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Fixed(layout), Items), text);

    private static IEnumerable<string> Lines(DropSpec spec, ContractTable table, string text) => FlatDrop.Read(FlatDrop.Contract(spec, table), text).Lines;
}
