using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Sources.FlatFile;

namespace RetailLake.Tests.FlatFile;

public sealed class DelimitedReaderTests
{
    private static readonly ContractTable Named = FlatDrop.Table("grn", null, FlatDrop.Column("no"), FlatDrop.Column("qty", ColumnKind.Int32), FlatDrop.Column("name"));

    [Fact]
    public void Header_FindsColumnsByNameInAnyOrder()
    {
        var drop = Read(new(), "\uFEFFname, extra ,no,qty\nRice,x,17,5\nDal,y,18,\n");

        drop.Lines.Should().Equal("17|5|Rice", "18|NULL|Dal");
        drop.Rows.Select(row => (row.Number, row.Unit)).Should().Equal((1, 1), (2, 2));
        drop.Rows.Should().OnlyContain(row => row.IsPlainAscii);
    }

    [Theory]
    [InlineData("no,name\n", "without 'qty' in 'gp_17")]
    [InlineData("NO,Qty,name\n", "without 'no', 'qty' in")]
    [InlineData("no,qty,name,no\n", "columns of one name in the header of 'gp_17_20261121.csv': 'no'.")]
    [InlineData("no,qty,name,x,x\n", ": 4 and 5.")]
    [InlineData("no,q\"ty,name\n", "quotes within a name")]
    [InlineData("17,5,Asha Rao\n", "a header of 3 names without 'no', 'qty', 'name'")]
    public void WrongHeader_RefusesTheDrop(string text, string found)
    {
        var refused = FluentActions.Invoking(() => Read(new(), text)).Should().Throw<DropRefusedException>().Which;

        refused.Code.Should().Be(DropRefusalCode.Format);
        refused.Found.Should().Contain(found).And.NotContain("Asha");
    }

    [Fact]
    public void HeaderAlone_IsADropWithoutRows()
    {
        Read(new(), "no,qty,name\n").Rows.Should().BeEmpty();
        FlatDrop.RefusalOf(() => Read(new(), "")).Should().Be(DropRefusalCode.Torn);
    }

    [Fact]
    public void AnotherNumberOfFields_RefusesThatRowAndShiftsNothing()
    {
        var drop = Read(new(), "no,qty,name\n1,2,a\n2,3\n3,4,b,c\n4,5,d\n");

        drop.Lines.Should().Equal("1|2|a", "<columns>", "<columns>", "4|5|d");
        drop.Rows[2].Values.Should().OnlyContain(value => value == null);
        drop.Rows.Select(row => row.Number).Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void WithoutHeader_TheContractsHighestPositionIsTheWidth()
    {
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new("|", Header: false)), FlatDrop.Table("t", null, FlatDrop.Column("b", from: FlatDrop.At(3)), FlatDrop.Column("a", from: FlatDrop.At(1))));

        FlatDrop.Read(contract, "1|x|2\n1|Smith| John|2\n1|x\n").Lines.Should().Equal("2|1", "<columns>", "<columns>");
    }

    [Theory]
    [InlineData("\"a,b\"", "a,b")]
    [InlineData("\"a\r\nb\"", "a\r\nb")]
    [InlineData("\"a\"\"b\"", "a\"b")]
    [InlineData("\"\"\"\"", "\"")]
    [InlineData("\"\"", "")]
    [InlineData("", "NULL")]
    [InlineData(" a ", " a ")]
    public void Quotes_FollowRfc4180(string field, string expected) => Read(new(), $"no,qty,name\n1,2,{field}\n").Lines.Should().Equal($"1|2|{expected}");

    [Theory]
    [InlineData("a\"b")]
    [InlineData(" \"b\"")]
    [InlineData("\"a\"b")]
    [InlineData("\"a\" ")]
    [InlineData("\"a\"\"\"b\"")]
    public void QuoteWhereNoneMayStand_RefusesThatRow(string field) =>
        Read(new(), $"no,qty,name\n1,2,{field}\n3,4,c\n").Lines.Should().Equal("<quote>", "3|4|c");

    [Fact]
    public void WithoutQuote_QuotesAreCharacters() => Read(new(Quote: null), "no,qty,name\n1,2,5\" pipe\n").Lines.Should().Equal("1|2|5\" pipe");

    [Fact]
    public void UnclosedQuoteOnTheLastLine_RefusesTheDrop()
    {
        FlatDrop.RefusalOf(() => Read(new(), "no,qty,name\n1,2,a\n3,4,\"c")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => Read(new(), "no,qty,name\n1,2,\"")).Should().Be(DropRefusalCode.Torn);
    }

    [Theory]
    [InlineData("1,2,\"5in pipe\n2,3,a\n3,4,b\n4,5,\"6in pipe\n5,6,c\n", "<quote>", "2|3|a", "3|4|b", "<quote>", "5|6|c")]
    [InlineData("1,2,\"a\r\n3,4,c\r\n", "<quote>", "3|4|c")]
    [InlineData("1,2,\"a\r\r3,4,c\r", "<quote>", "3|4|c")]
    [InlineData("\"1,2,a\n2,3,\"b\"\n3,4,c\n", "<quote>", "2|3|b", "3|4|c")]
    [InlineData("1,\"2\n3\"x,a\n4,5,b\n", "<quote>", "<quote>", "4|5|b")]
    [InlineData("1,2\"x,\"a\n3,4,c\n\",5,6\n", "<quote>", "3|4|c", "<quote>")]
    [InlineData("1,2,\"a\nb\" c", "<quote>", "<quote>")]
    public void StrayQuote_RefusesItsLineAndSwallowsNone(string text, params string[] expected)
    {
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new()), Named);
        var stored = Encoding.UTF8.GetBytes("no,qty,name\n" + text);
        for (var piece = 1; piece < 80; piece++)
        {
            var drop = FlatDrop.ReadInPieces(contract, stored, piece);

            drop.Lines.Should().Equal(expected);
            drop.Rows.Select(row => row.Number).Should().Equal(Enumerable.Range(1, expected.Length).Select(number => (long)number));
        }
    }

    [Theory]
    [InlineData("1,2,\"a\n", "<quote>")]
    [InlineData("x\"y,2,\"a\n", "<quote>")]
    [InlineData("1,2,\"a\"\"\n", "<quote>")]
    [InlineData("\",\"x\n", "<quote>")]
    [InlineData("1,2,a\n", "1|2|a")]
    public void FileOfStrayQuotes_IsReadInTimeInProportion(string line, string expected)
    {
        const int lines = 400_000;
        var drop = Read(new(), "no,qty,name\n1,2,\"a\n" + string.Concat(Enumerable.Repeat(line, lines)));

        drop.Rows.Should().HaveCount(lines + 1);
        drop.Lines.Skip(1).SkipLast(1).Distinct().Should().Equal(expected);
    }

    [Fact]
    public void LineEnds_MayBeMixed()
    {
        var drop = Read(new(), "no,qty,name\r1,2,a\r\n\r\n3,4,b\n\n5,6,c\r\r7,8,\"d\"");

        drop.Lines.Should().Equal("1|2|a", "3|4|b", "5|6|c", "7|8|d");
        drop.Skipped.Should().Equal(new Dictionary<string, long> { [FlatFileReader.EmptyLine] = 3 });
    }

    [Theory]
    [InlineData(")|}")]
    [InlineData("||")]
    [InlineData("\t")]
    [InlineData("¦")]
    [InlineData("aab")]
    public void AnyDelimiter(string delimiter) =>
        Read(new(delimiter), $"no{delimiter}qty{delimiter}name\n1{delimiter}2{delimiter}\"x{delimiter}y\"\n3{delimiter}4{delimiter}{delimiter[0]}z\n").Lines
            .Should().Equal($"1|2|x{delimiter}y", delimiter.Length > 1 ? $"3|4|{delimiter[0]}z" : "<columns>");

    [Fact]
    public void StableDrop_MustEndWithALineEnd()
    {
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new(), ProofKind.Stable), Named);

        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, "no,qty,name\n1,2,2")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, "no,qty,name")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, "")).Should().Be(DropRefusalCode.Torn);
        FlatDrop.Read(contract, "no,qty,name\n1,2,2\r").Lines.Should().Equal("1|2|2");
        Read(new(), "no,qty,name\n1,2,2").Lines.Should().Equal("1|2|2");
    }

    [Fact]
    public void SubstituteAtTheEnd_IsNoDataWhenTheContractSaysSo()
    {
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new(SubstituteEof: true), ProofKind.Stable), Named);

        FlatDrop.Read(contract, "no,qty,name\n1,2,a\x1Ab\n\x1A\x1A\x1A").Lines.Should().Equal("1|2|a\x1Ab");
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, "no,qty,name\n1,2,a\x1A")).Should().Be(DropRefusalCode.Torn);
        Read(new(), "no,qty,name\n1,2,a\n\x1A").Lines.Should().Equal("1|2|a", "<columns>");
    }

    [Fact]
    public void LinesBeforeTheHeader_AreSkippedWhateverTheyHold()
    {
        Read(new(SkipLines: 3), "Report \"of\r\n\rtoday,\nno,qty,name\n1,2,a\n").Lines.Should().Equal("1|2|a");
        FlatDrop.RefusalOf(() => Read(new(SkipLines: 3), "a\nb\n")).Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void ValuesOfAnotherForm_AreRefusedAndStayAsWritten()
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("no"), FlatDrop.Column("amount", ColumnKind.Decimal, new() { Grouping = DigitGrouping.Indian }), FlatDrop.Column("day", ColumnKind.Date, new() { Pattern = "dd/MM/yyyy" }));
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new(";")), table);

        FlatDrop.Read(contract, "no;amount;day\n1;1,23,456.70;21/11/2026\n2;12,3456;2026-11-21\n3;;\n").Lines
            .Should().Equal("1|123456.70|2026-11-21", "2|!12,3456|!2026-11-21", "3|NULL|NULL");
    }

    [Fact]
    public void NameAndNumbers_AreValuesOfColumns()
    {
        var table = FlatDrop.Table(
            "t",
            null,
            FlatDrop.Column("v", from: FlatDrop.At(1)),
            FlatDrop.Column("file", from: new(FieldScope.FileName)),
            FlatDrop.Column("store", from: new(FieldScope.FileName, "store")),
            FlatDrop.Column("day", ColumnKind.Date, new() { Pattern = "yyyyMMdd" }, new(FieldScope.FileName, "day")),
            FlatDrop.Column("row", ColumnKind.Int64, from: new(FieldScope.RowNumber)),
            FlatDrop.Column("unit", ColumnKind.Int64, from: new(FieldScope.UnitNumber)),
            FlatDrop.Column("index", ColumnKind.Int64, from: new(FieldScope.IndexInUnit)));
        var spec = FlatDrop.Delimited(new(Header: false)) with { NamePattern = @"gp_(?<store>\d+)_(?<day>\d{8})\.csv" };

        FlatDrop.Read(FlatDrop.Contract(spec, table), "a\nb\n").Lines.Should().Equal(
            "a|gp_17_20261121.csv|17|2026-11-21|1|1|1", "b|gp_17_20261121.csv|17|2026-11-21|2|2|1");
        FlatDrop.RefusalOf(() => FlatDrop.Read(FlatDrop.Contract(spec with { NamePattern = "x(?<store>.)(?<day>.)" }, table), "a\n")).Should().Be(DropRefusalCode.Format);
        FluentActions.Invoking(() => FlatDrop.Read(FlatDrop.Contract(spec with { NamePattern = "(?<store>.*)" }, table), "a\n")).Should().Throw<ContractInvalidException>();
    }

    [Fact]
    public void NameThatAPatternCouldTryForEver_IsMatchedInLinearTime()
    {
        var table = FlatDrop.Table("t", null, FlatDrop.Column("store", from: new(FieldScope.FileName, "store")), FlatDrop.Column("v", from: FlatDrop.At(1)));
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new(Header: false)) with { NamePattern = @"(?<store>([a-z]+)+)\.csv" }, table);
        DropReader Open(string name) => new DropReaders().Open(contract, FlatDrop.Ref with { Name = name }, new MemoryStream([.. "x\n"u8]));

        FlatDrop.RefusalOf(() => Open(new string('a', 60) + "!.csv")).Should().Be(DropRefusalCode.Format);
        using var reader = Open("aa.csv");
        reader.Read().Should().BeTrue();
        Encoding.UTF8.GetString(reader.Row.Field(0)).Should().Be("aa");
    }

    [Fact]
    public void NulAndBadUtf8_ReachTheColumnsParsers()
    {
        var drop = FlatDrop.Read(FlatDrop.Contract(FlatDrop.Delimited(new()), Named), [.. "no,qty,name\n1,2,a\0b\n2,3,"u8, 0xC3, 0x28, (byte)'\n', .. "3,4,é\n"u8, .. "4,5,e\n"u8]);

        drop.Rows.Select(row => row.IsPlainAscii).Should().Equal(false, false, false, true);
        drop.Rows[0].Values[2].Should().Be("a\0b");
        drop.Rows[1].Values[2].Should().Contain("\uFFFD");
    }

    [Fact]
    public void ImpossibleLayouts_AreRefusedAsContracts()
    {
        DropSpec[] specs =
        [
            FlatDrop.Delimited(new("")), FlatDrop.Delimited(new("\"")), FlatDrop.Delimited(new("\r\n")), FlatDrop.Delimited(new(Quote: '«')),
            FlatDrop.Delimited(new(Header: false)), FlatDrop.Delimited(new()) with { Encoding = "ebcdic" }, FlatDrop.Delimited(new(), ProofKind.Trailer),
            FlatDrop.Delimited(new()) with { Delimited = null }, FlatDrop.Delimited(new()) with { Format = DropFormat.Fixed },
            FlatDrop.Delimited(new()) with { Records = new RecordTypes("1", null, null, [], []) },
        ];

        foreach (var spec in specs)
        {
            FluentActions.Invoking(() => FlatDrop.Read(FlatDrop.Contract(spec, Named), "no,qty,name\n")).Should().Throw<ContractInvalidException>(spec.ToString());
        }

        var ofHeader = FlatDrop.Table("t", null, FlatDrop.Column("a", from: new(FieldScope.Header, Position: 2)));
        FluentActions.Invoking(() => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Delimited(new(Header: false)), ofHeader), "a\n")).Should().Throw<ContractInvalidException>();
        var ofXml = FlatDrop.Table("t", null, FlatDrop.Column("a", from: new(FieldScope.Record, Paths: ["A/B"])));
        FluentActions.Invoking(() => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Delimited(new()), ofXml), "a\n")).Should().Throw<ContractInvalidException>();
        var binary = FlatDrop.Table("t", null, FlatDrop.Column("a", ColumnKind.Binary));
        FluentActions.Invoking(() => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Delimited(new()) with { Encoding = "windows-1252" }, binary), "a\n")).Should().Throw<ContractInvalidException>();
    }

    private static ReadDrop Read(DelimitedLayout layout, string text) => FlatDrop.Read(FlatDrop.Contract(FlatDrop.Delimited(layout), Named), Encoding.UTF8.GetBytes(text));
}
