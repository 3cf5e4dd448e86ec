using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;

namespace RetailLake.Tests.FlatFile;

public sealed class FieldFormTests
{
    [Theory]
    [InlineData("1234.50", "1234.50")]
    [InlineData("1,23,456.78", "123456.78")]
    [InlineData("-12,34,56,789.00", "-123456789.00")]
    [InlineData("12,345", "12345")]
    [InlineData("123", "123")]
    [InlineData("123456", "123456")]
    [InlineData("12,3456", null)]
    [InlineData("123,456", null)]
    [InlineData("1,2,345", null)]
    [InlineData(",345", null)]
    [InlineData("1,,345", null)]
    [InlineData("1,234,5.6", null)]
    [InlineData("1,234.5,6", null)]
    [InlineData("+1", null)]
    [InlineData("--1", null)]
    [InlineData("1.", null)]
    [InlineData(".5", null)]
    [InlineData("1e3", null)]
    [InlineData("₹5", null)]
    [InlineData("5 ", null)]
    [InlineData("5\0", null)]
    [InlineData("٥", null)]
    [InlineData("-", null)]
    public void IndianGrouping(string raw, string? expected) => Number(raw, new() { Grouping = DigitGrouping.Indian }).Should().Be(expected);

    [Theory]
    [InlineData("1,234,567.5", "1234567.5")]
    [InlineData("123,456", "123456")]
    [InlineData("1234,567", null)]
    [InlineData("1,23,456", null)]
    [InlineData("1,234,56", null)]
    public void ThousandsGrouping(string raw, string? expected) => Number(raw, new() { Grouping = DigitGrouping.Thousands }).Should().Be(expected);

    [Theory]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("-0,5", "-0.5")]
    [InlineData("1,234.50", null)]
    public void CommaPoint(string raw, string? expected) => Number(raw, new() { Point = ',', Grouping = DigitGrouping.Thousands }).Should().Be(expected);

    [Theory]
    [InlineData("000000012345", "0000000123.45")]
    [InlineData("5", "0.05")]
    [InlineData("12", "0.12")]
    [InlineData("-5", "-0.05")]
    [InlineData("1.5", null)]
    [InlineData("", "NULL")]
    public void ImpliedDecimals(string raw, string? expected) => Number(raw, new() { ImpliedDecimals = 2 }).Should().Be(expected);

    [Theory]
    [InlineData("5-", "-5")]
    [InlineData("5+", "5")]
    [InlineData("5", "5")]
    [InlineData("-5", null)]
    [InlineData("5--", null)]
    [InlineData("-", null)]
    public void TrailingSign(string raw, string? expected) => Number(raw, new() { Sign = SignStyle.Trailing }).Should().Be(expected);

    [Theory]
    [InlineData("0012{", "00120")]
    [InlineData("0012C", "00123")]
    [InlineData("0012I", "00129")]
    [InlineData("0012}", "-00120")]
    [InlineData("0012J", "-00121")]
    [InlineData("0012R", "-00129")]
    [InlineData("R", "-9")]
    [InlineData("00129", null)]
    [InlineData("0012S", null)]
    [InlineData("-0012J", null)]
    [InlineData("00J12", null)]
    public void Overpunch(string raw, string? expected) => Number(raw, new() { Sign = SignStyle.Overpunch }).Should().Be(expected);

    [Theory]
    [InlineData("0012J", "-00.121")]
    [InlineData("J", "-0.001")]
    [InlineData("{", "0.000")]
    public void OverpunchWithImpliedDecimals(string raw, string? expected) => Number(raw, new() { Sign = SignStyle.Overpunch, ImpliedDecimals = 3 }).Should().Be(expected);

    [Theory]
    [InlineData("12.3J", "-12.31")]
    [InlineData("12.}", "-12.0")]
    [InlineData(".J", null)]
    public void OverpunchWithPoint(string raw, string? expected) => Number(raw, new() { Sign = SignStyle.Overpunch }).Should().Be(expected);

    [Theory]
    [InlineData("1,500.00 CR", "-1500.00")]
    [InlineData("1,500.00Dr", "1500.00")]
    [InlineData("5 cr", "-5")]
    [InlineData("5", null)]
    [InlineData("5  CR", null)]
    [InlineData("-5 CR", null)]
    [InlineData("CR", null)]
    public void CreditDebit(string raw, string? expected) => Number(raw, new() { Sign = SignStyle.CreditDebit, Grouping = DigitGrouping.Thousands }).Should().Be(expected);

    [Theory]
    [InlineData("(5.10)", "-5.10")]
    [InlineData("5.10", "5.10")]
    [InlineData("(5.10", null)]
    [InlineData("-5", null)]
    [InlineData("()", null)]
    [InlineData("((5))", null)]
    public void Parentheses(string raw, string? expected) => Number(raw, new() { Sign = SignStyle.Parentheses }).Should().Be(expected);

    [Theory]
    [InlineData("  17 ", true, null, "17")]
    [InlineData("  17 ", false, null, "!  17 ")]
    [InlineData("00017  ", false, '0', "17")]
    [InlineData("00000", false, '0', "0")]
    [InlineData("000.50", false, '0', "0.50")]
    [InlineData("****9", false, '*', "9")]
    [InlineData("     ", true, null, "NULL")]
    public void TrimAndPad(string raw, bool trim, char? pad, string expected) =>
        Write(ColumnKind.Decimal, new() { Trim = trim, Pad = pad, Sign = SignStyle.Trailing }, raw).Should().Be(expected);

    [Fact]
    public void PaddedText_KeepsOneZeroOfACode()
    {
        var format = new FieldFormat { Pad = '0' };

        Write(ColumnKind.Text, format, "000A1").Should().Be("A1");
        Write(ColumnKind.Text, format, "00000").Should().Be("0");
        Write(ColumnKind.Text, format, "     ").Should().Be("NULL");
    }

    [Fact]
    public void Nulls_AreThoseOfTheContractAlone()
    {
        var format = new FieldFormat { Trim = true, Nulls = ["N/A", "-"] };

        Write(ColumnKind.Text, format, " N/A ").Should().Be("NULL");
        Write(ColumnKind.Text, format, "-").Should().Be("NULL");
        Write(ColumnKind.Text, format, "n/a").Should().Be("n/a");
        Write(ColumnKind.Text, format, "").Should().Be("");
        Write(ColumnKind.Text, new FieldFormat(), "").Should().Be("NULL");
        Write(ColumnKind.Text, new FieldFormat(), "", quoted: true).Should().Be("");
        Write(ColumnKind.Decimal, new FieldFormat(), "", quoted: true).Should().Be("NULL");
    }

    [Fact]
    public void Map_RefusesWhatItDoesNotList()
    {
        var format = new FieldFormat { Map = new Dictionary<string, string> { ["Y"] = "1", ["N"] = "0" } };

        Write(ColumnKind.Boolean, format, "Y").Should().Be("1");
        Write(ColumnKind.Boolean, format, "N").Should().Be("0");
        Write(ColumnKind.Boolean, format, "y").Should().Be("!y");
        Write(ColumnKind.Boolean, format, "").Should().Be("NULL");
    }

    [Theory]
    [InlineData("a pattern", ColumnKind.Text, "yyyy-MM-dd")]
    [InlineData("two-digit years", ColumnKind.Date, "dd/MM/yy")]
    [InlineData("no day", ColumnKind.Date, "yyyy-MM")]
    [InlineData("twelve hours", ColumnKind.Timestamp, "yyyy-MM-dd hh:mm")]
    [InlineData("a part twice", ColumnKind.Date, "yyyy-MM-dd dd")]
    [InlineData("two kinds of months", ColumnKind.Date, "yyyy-MM-MMM-dd")]
    [InlineData("an offset of a date", ColumnKind.Date, "yyyy-MM-ddzzz")]
    [InlineData("an open quote", ColumnKind.Date, "yyyy-MM-dd'T")]
    [InlineData("UTC as text", ColumnKind.Timestamp, "yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [InlineData("a letter", ColumnKind.Date, "yyyy-MM-ddX")]
    [InlineData("eight digits of a fraction", ColumnKind.Timestamp, "yyyy-MM-dd HH:mm:ss.ffffffff")]
    [InlineData("a fraction of nothing", ColumnKind.Timestamp, "yyyy-MM-dd.fff")]
    [InlineData("nothing", ColumnKind.Date, "")]
    public void ImpossiblePatterns_AreRefusedInTheContract(string _, ColumnKind kind, string pattern) =>
        FluentActions.Invoking(() => FieldForm.Compile(FlatDrop.Column("c", kind, new() { Pattern = pattern }))).Should().Throw<ContractInvalidException>();

    [Fact]
    public void ImpossibleNumberForms_AreRefusedInTheContract()
    {
        FieldFormat[] formats = [new() { Point = ';' }, new() { ImpliedDecimals = -1 }, new() { Sign = SignStyle.Overpunch, Grouping = DigitGrouping.Indian }, new() { Pad = 'é' }];

        formats.Should().OnlyContain(format => FieldForm.Problem(FlatDrop.Column("c", ColumnKind.Decimal, null, null).Type, format) != null);
        FieldForm.Problem(FlatDrop.Column("c").Type, new() { Sign = SignStyle.Trailing }).Should().StartWith("a form of numbers on a column of kind Text");
        FieldForm.Problem(FlatDrop.Column("c").Type, null).Should().BeNull();
    }

    [Fact]
    public void Refusals_SayWhatTheContractDeclares()
    {
        using var row = new LandedRow(1);
        row.Begin([], 1);
        var form = FieldForm.Compile(FlatDrop.Column("c", ColumnKind.Decimal, new() { Grouping = DigitGrouping.Indian, Sign = SignStyle.CreditDebit }));

        form.Write("oops"u8, false, row, 0);

        row.Refusal(0)!.Expected.Should().Be("a number written like '12,34,567.50 CR'");
        Encoding.UTF8.GetString(row.Field(0)).Should().Be("oops");
    }

    internal static string Write(ColumnKind kind, FieldFormat format, string raw, bool quoted = false, string? zone = null)
    {
        using var row = new LandedRow(1);
        row.Begin([], 1);
        var column = FlatDrop.Column("c", kind, format);
        FieldForm.Compile(column with { Type = column.Type with { Zone = zone } }).Write(Encoding.UTF8.GetBytes(raw), quoted, row, 0);
        return row.IsNull(0) ? "NULL" : (row.Refusal(0) is null ? "" : "!") + Encoding.UTF8.GetString(row.Field(0));
    }

    private static string? Number(string raw, FieldFormat format) => Write(ColumnKind.Decimal, format, raw) is var written && written == "!" + raw ? null : written;
}
