using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Tests.FlatFile;

public sealed class RecordTypeTests
{
    private static readonly FieldFormat Money = new() { Grouping = DigitGrouping.Indian };

    private static readonly ContractTable Bills = FlatDrop.Table(
        "bill",
        "B",
        FlatDrop.Column("store", from: new(FieldScope.Header, Position: 2)),
        FlatDrop.Column("no", from: FlatDrop.At(2)),
        FlatDrop.Column("unit", from: new(FieldScope.UnitNumber)));

    private static readonly ContractTable Lines = FlatDrop.Table(
        "line",
        "L",
        FlatDrop.Column("no", from: new(FieldScope.Parent, Position: 2)),
        FlatDrop.Column("index", from: new(FieldScope.IndexInUnit)),
        FlatDrop.Column("amount", ColumnKind.Decimal, Money, FlatDrop.At(2)),
        FlatDrop.Column("type", from: new(FieldScope.RecordType)));

    private static readonly RecordTypes Types = new("1", "H", "T", ["C"], [
        new(FlatDrop.At(2), null, null, null), new(FlatDrop.At(3), "line", null, null), new(FlatDrop.At(4), "line", "amount", Money)]);

    private static readonly Contract Feed = FlatDrop.Contract(FlatDrop.Delimited(new("|", Header: false), ProofKind.Trailer) with { Records = Types }, Bills, Lines);

    [Fact]
    public void HeaderParentsChildrenTrailer()
    {
        var drop = FlatDrop.Read(Feed, "H|S17\nB|1\nL|1,00,000.50\nC|hello\nL|5\nB|2\nB|3\nL|7\nT|7|3|1,00,012.50\n");

        drop.Rows.Select(row => $"{row.Table} {row.Unit} {row.Number}: {row.Line}").Should().Equal(
            "bill 1 1: S17|1|1", "line 1 1: 1|1|100000.50|L", "line 1 2: 1|2|5|L", "bill 2 2: S17|2|2", "bill 3 3: S17|3|3", "line 3 3: 3|1|7|L");
        drop.Skipped.Should().Equal(new Dictionary<string, long> { ["C"] = 1 });
        drop.Declared.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Table = "line", Rows = 3, Sums = new Dictionary<string, decimal> { ["amount"] = 100_012.50m } });
    }

    [Theory]
    [InlineData(DropRefusalCode.Torn, "H|S\nB|1\n")]
    [InlineData(DropRefusalCode.Torn, "")]
    [InlineData(DropRefusalCode.Torn, "H|S\nB|1\nT|1|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nB|1\nT|1|0|0\nB|2\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nB|1\nT|1|0|0\nH|S\nT|0|0|0\n")]
    [InlineData(DropRefusalCode.Format, "B|1\nT|1|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nH|S\nT|1|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H\nT|0|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nX|1\nT|1|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nb|1\nT|1|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nT|1x|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nT||0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nT|+0|0|0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nT|0|0|\"0\"0\n")]
    [InlineData(DropRefusalCode.Format, "H|S\nT|0|0|10000000000000000000000000000\n")]
    [InlineData(DropRefusalCode.Totals, "H|S\nB|1\nT|2|0|0\n")]
    [InlineData(DropRefusalCode.Totals, "H|S\nB|1\nL|1\nT|2|2|1\n")]
    public void WrongOrder_RefusesTheDrop(string code, string text) => FlatDrop.RefusalOf(() => FlatDrop.Read(Feed, text)).Should().Be(code);

    [Fact]
    public void Totals_AreNamedWithBothSides() =>
        FluentActions.Invoking(() => FlatDrop.Read(Feed, "H|S\nB|1\nL|1\nT|2|2|1\n")).Should().Throw<DropRefusedException>()
            .WithMessage("Found 1 rows of 'line' in 'gp_17_20261121.csv'; its trailer states 2.*");

    [Fact]
    public void UnknownType_IsShownOnlyWhenItLooksLikeOne()
    {
        FluentActions.Invoking(() => FlatDrop.Read(Feed, "H|S\nX9|1\n")).Should().Throw<DropRefusedException>().WithMessage("Found the unknown type 'X9' on record 2 of*");
        FluentActions.Invoking(() => FlatDrop.Read(Feed, "H|S\nAsha Rao|1\n")).Should().Throw<DropRefusedException>().WithMessage("Found the unknown type on record 2 of*");
    }

    [Fact]
    public void ChildrenWithoutAReadableParent_AreRefused()
    {
        var drop = FlatDrop.Read(Feed, "H|S\nL|1\nL|2\nB|1|2\nL|3\nB|4\nL|5\nT|6|4|11\n");

        drop.Rows.Select(row => $"{row.Unit} {row.Line}").Should().Equal("1 <orphan>", "2 <orphan>", "3 <columns>", "3 <orphan>", "4 S|4|4", "4 4|1|5|L");
    }

    [Fact]
    public void WidthOfHeaderAndTrailer_IsHeldAgainstTheContract()
    {
        var contract = Feed with { Drop = Feed.Drop! with { Records = Types with { HeaderWidth = 2, TrailerWidth = 4 } } };

        FlatDrop.Read(contract, "H|S\nB|1\nT|1|0|0\n").Lines.Should().Equal("S|1|1");
        foreach (var (text, found) in new[]
        {
            ("H|GP|S\nB|1\nT|1|0|0\n", "Found a header of 3 fields in 'gp_17_20261121.csv'; the contract expects 2.*"),
            ("H|S\nB|1\nT|1|0|0|9\n", "Found a trailer of 5 fields in 'gp_17_20261121.csv'; the contract expects 4.*"),
        })
        {
            var refused = FluentActions.Invoking(() => FlatDrop.Read(contract, text)).Should().Throw<DropRefusedException>().WithMessage(found).Which;
            refused.Code.Should().Be(DropRefusalCode.Format);
            FlatDrop.Read(Feed, text).Rows.Should().ContainSingle("without a width it is not looked at");
        }
    }

    [Fact]
    public void FieldThatNoColumnTakes_IsNotCopiedIntoEveryRow()
    {
        var most = new string('x', 65_535);

        FlatDrop.Read(Feed, $"H|{most}\nB|1\nT|1|0|0\n").Rows.Single().Values[0].Should().Be(most);
        FluentActions.Invoking(() => FlatDrop.Read(Feed, $"H|{most}x\nB|1\nT|1|0|0\n")).Should().Throw<DropRefusedException>()
            .WithMessage("Found a field of 65,536 bytes in the header of 'gp_17_20261121.csv'; rows take values of at most 65,535.*");
        FlatDrop.Read(Feed, $"H|S\nB|{most}x\nL|1\nB|2\nL|3\nT|4|2|4\n").Lines.Skip(1).Should().Equal("<orphan>", "S|2|2", "2|1|3|L");
    }

    [Fact]
    public void FixedRecords_HaveTypesToo()
    {
        var table = FlatDrop.Table("sale", "I3", FlatDrop.Column("code", from: FlatDrop.At(3, 4)), FlatDrop.Column("units", ColumnKind.Int32, from: FlatDrop.At(7, 5)));
        var types = new RecordTypes("1-2", "92", "94", [], [new(FlatDrop.At(3, 4), "sale", null, null), new(FlatDrop.At(7, 5), "sale", "units", null)]);
        var contract = FlatDrop.Contract(FlatDrop.Fixed(new(), ProofKind.Trailer) with { Records = types }, table);

        var drop = FlatDrop.Read(contract, "92anything\r\nI30017-0001\r\nI3001800003\r\n94000200002\r\n");
        drop.Lines.Should().Equal("0017|-0001", "0018|00003");
        drop.Declared[0].Sums["units"].Should().Be(2);
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, "92\nI30017-0001\n9400020000")).Should().Be(DropRefusalCode.Totals);
        FlatDrop.RefusalOf(() => FlatDrop.Read(contract, "92\nI30017-0001\nI30017-0001\n940002")).Should().Be(DropRefusalCode.Torn);
    }
}
