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
    public void CutRecord_IsRefusedWhereOtherFieldsLieInTheLastOne()
    {
        var name = FlatDrop.Column("name", from: FlatDrop.At(3, 8), format: new() { Trim = true });
        var overlapped = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2)), name, FlatDrop.Column("code", from: FlatDrop.At(5, 4)));
        var twice = FlatDrop.Table("t", null, name, FlatDrop.Column("raw", from: FlatDrop.At(3, 8)));
        var trimmedTwice = FlatDrop.Table("t", null, name, FlatDrop.Column("again", from: FlatDrop.At(3, 8), format: new() { Pad = '0' }));

        Lines(FlatDrop.Fixed(new()), overlapped, "12abcdefgh\n12abcdef\n12abcde\n12abc\n12\n").Should().Equal("12|abcdefgh|cdef", "12|abcdef|cdef", "<columns>", "<columns>", "<columns>");
        Lines(FlatDrop.Fixed(new()), twice, "12abcdefgh\n12abc\n").Should().Equal("abcdefgh|abcdefgh", "<columns>");
        Lines(FlatDrop.Fixed(new()), trimmedTwice, "12abc\n12\n1\n").Should().Equal("abc|abc", "NULL|NULL", "<columns>");
    }

    [Fact]
    public void CutParent_IsRefusedWhereItsChildrenTakeTheLastFieldAsItIs()
    {
        var parent = FlatDrop.Table("p", "P", FlatDrop.Column("name", from: FlatDrop.At(2, 4), format: new() { Trim = true }));
        var child = FlatDrop.Table("c", "C", FlatDrop.Column("parent", from: new(FieldScope.Parent, Position: 2, Length: 4)), FlatDrop.Column("a", from: FlatDrop.At(2, 1)));
        var trimmed = child with { Columns = [child.Columns[0] with { Format = new() { Trim = true } }, child.Columns[1]] };
        var spec = FlatDrop.Fixed(new()) with { Records = new RecordTypes("1", null, null, [], []) };

        FlatDrop.Read(FlatDrop.Contract(spec, parent, child), "Pab\nC1\nPabcd\nC2\n").Lines.Should().Equal("<columns>", "<orphan>", "abcd", "abcd|2");
        FlatDrop.Read(FlatDrop.Contract(spec, parent, trimmed), "Pab\nC1\n").Lines.Should().Equal("ab", "ab|1");
    }

    [Theory]
    [InlineData("windows-1252", 0)]
    [InlineData("windows-1252", 7)]
    [InlineData("us-ascii", 0)]
    public void ByteWithoutAMeaning_IsOneCharacterOfItsValue(string encoding, int recordLength)
    {
        var table = FlatDrop.Table("t", "D", FlatDrop.Column("a", from: FlatDrop.At(2, 3)), FlatDrop.Column("b", from: FlatDrop.At(5, 3)));
        var spec = FlatDrop.Fixed(new(RecordLength: recordLength)) with { Encoding = encoding, Records = new RecordTypes("1", null, null, [], []) };
        var end = recordLength == 0 ? "\n" : "";
        byte[] stored = [.. Encoding.Latin1.GetBytes($"Dabc123{end}Da\u0081c456{end}Dabc\u0081\u008D\u0081{end}")];

        for (var piece = 1; piece < 9; piece++)
        {
            var drop = FlatDrop.ReadInPieces(FlatDrop.Contract(spec, table), stored, piece);

            drop.Lines.Should().Equal("abc|123", "a\uFFFDc|456", "abc|\uFFFD\uFFFD\uFFFD");
            drop.Rows.Select(row => row.IsPlainAscii).Should().Equal(true, false, false);
        }
    }

    [Fact]
    public void RecordThatIsNoUtf8_HasATypeWhereItStandsBeforeThoseBytes()
    {
        var table = FlatDrop.Table("t", "D", FlatDrop.Column("a", from: FlatDrop.At(2, 2)), FlatDrop.Column("b", from: FlatDrop.At(4, 1)));
        var contract = FlatDrop.Contract(FlatDrop.Fixed(new()) with { Records = new RecordTypes("1", "H", "T", [], [new(FlatDrop.At(2, 1), null, null, null)]) }, table);

        FlatDrop.Read(contract, [.. "H\nDé"u8, 0xC3, .. "bc\nDxyz\nT2\n"u8]).Lines.Should().Equal("<utf8>", "xy|z");
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, [.. "H\n"u8, 0xC3, .. "Dabc\nT1\n"u8])).Should().Be(DropRefusalCode.Format);
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, [.. "H\nDxyz\nT1"u8, 0xC3, (byte)'\n'])).Should().Be(DropRefusalCode.Format);
    }

    [Theory]
    [InlineData("utf-16le", 0)]
    [InlineData("utf-16be", 0)]
    [InlineData("utf-16le", 6)]
    public void Utf16_IsCountedInCodeUnits(string encoding, int recordLength)
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 4)), FlatDrop.Column("b", from: FlatDrop.At(5, 2)));
        var contract = FlatDrop.Contract(FlatDrop.Fixed(new(RecordLength: recordLength)) with { Encoding = encoding }, table);
        var end = recordLength == 0 ? "\n" : "";
        var text = $"\U0001F6D2é 12{end}x\U0001F6D2\U0001F6D23{end}abcd45{end}";
        var stored = (encoding == "utf-16be" ? Encoding.BigEndianUnicode : Encoding.Unicode).GetBytes(text);

        for (var piece = 1; piece < 9; piece++)
        {
            FlatDrop.ReadInPieces(contract, stored, piece).Lines.Should().Equal("\U0001F6D2é |12", "x\U0001F6D2\uFFFD|\uFFFD\uFFFD3", "abcd|45");
        }
    }

    [Fact]
    public void Utf16CharacterInTwoRecords_RefusesTheDrop()
    {
        var contract = FlatDrop.Contract(FlatDrop.Fixed(new(RecordLength: 2)) with { Encoding = "utf-16le" }, FlatDrop.Table("t", null, FlatDrop.Column("a", from: FlatDrop.At(1, 2))));

        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, Encoding.Unicode.GetBytes("abc\U0001F6D2d"))).Should().Be(DropRefusalCode.Damaged);
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
