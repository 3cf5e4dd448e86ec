using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Landing;

namespace RetailLake.Tests.Rows;

public sealed class RuleTests
{
    [Theory]
    [InlineData("pattern", "^[A-Z]{2}-[0-9]+$", "AB-12", true)]
    [InlineData("pattern", "^[A-Z]{2}-[0-9]+$", "AB-12\n", false)]
    [InlineData("pattern", "^[A-Z]{2}-[0-9]+$", "xAB-12", false)]
    [InlineData("pattern", "\\$$", "5$", true)]
    [InlineData("pattern", "ई$", "मिठाई", true)]
    [InlineData("minLength", "5", "मिठाई", true)]
    [InlineData("maxLength", "5", "मिठाई", true)]
    [InlineData("maxLength", "4", "मिठाई", false)]
    [InlineData("minLength", "2", "🎉", false)]
    [InlineData("maxLength", "1", "🎉", true)]
    [InlineData("maxLength", "9", "abcdefgh🎉", true)]
    [InlineData("maxLength", "8", "abcdefgh🎉", false)]
    [InlineData("gstin", null, "27AAPFU0939F1ZV", true)]
    [InlineData("gstin", null, "29AAGCB7383J1Z4", true)]
    [InlineData("gstin", null, "27AADCB2230M1ZT", true)]
    [InlineData("gstin", null, "24AAACC1206D1ZM", true)]
    [InlineData("gstin", null, "27AAPFU0939F1ZW", false)]
    [InlineData("gstin", null, "39AAPFU0939F1ZV", false)]
    [InlineData("gstin", null, "27aapfu0939f1zv", false)]
    [InlineData("gstin", null, "27AAPFU0939F1Z", false)]
    [InlineData("ean13", null, "8901030865278", false)]
    [InlineData("ean13", null, "4006381333931", true)]
    [InlineData("ean13", null, "4006381333932", false)]
    [InlineData("ean13", null, "400638133393", false)]
    [InlineData("ean13", null, "400638133393x", false)]
    [InlineData("hsn", null, "0901", true)]
    [InlineData("hsn", null, "610910", true)]
    [InlineData("hsn", null, "61091000", true)]
    [InlineData("hsn", null, "61", false)]
    [InlineData("hsn", null, "6109100", false)]
    [InlineData("hsn", null, "61O9", false)]
    [InlineData("phone-in", null, "9876543210", true)]
    [InlineData("phone-in", null, "+91 98765-43210", true)]
    [InlineData("phone-in", null, "0091 (98765) 43210", true)]
    [InlineData("phone-in", null, "919876543210", true)]
    [InlineData("phone-in", null, "098765.43210", true)]
    [InlineData("phone-in", null, "5876543210", false)]
    [InlineData("phone-in", null, "987654321", false)]
    [InlineData("phone-in", null, "98765432101", false)]
    [InlineData("phone-in", null, "98765x3210", false)]
    [InlineData("phone-in", null, "+1 9876543210", false)]
    [InlineData("upi", null, "asha.k-9@okhdfcbank", true)]
    [InlineData("upi", null, "a@ok", false)]
    [InlineData("upi", null, "asha@", false)]
    [InlineData("upi", null, "asha@ok bank", false)]
    [InlineData("upi", null, "asha@x.com", false)]
    [InlineData("pin-in", null, "560001", true)]
    [InlineData("pin-in", null, "060001", false)]
    [InlineData("pin-in", null, "56000", false)]
    public void TextRule_Judges(string kind, string? argument, string text, bool holds) =>
        Codes(SliceFixture.Column("value", ColumnKind.Text, new ColumnRule(kind, argument)), text)
            .Should().Equal(holds ? [] : [kind switch { "minLength" or "maxLength" => "length", _ => kind.Replace('-', '_') }]);

    [Theory]
    [InlineData(ColumnKind.Decimal, "minimum", "0.005", "0.01", true)]
    [InlineData(ColumnKind.Decimal, "minimum", "0.005", "0.00", false)]
    [InlineData(ColumnKind.Decimal, "minimum", "-0.005", "0.00", true)]
    [InlineData(ColumnKind.Decimal, "minimum", "-0.005", "-0.01", false)]
    [InlineData(ColumnKind.Decimal, "exclusiveMinimum", "0", "0.00", false)]
    [InlineData(ColumnKind.Decimal, "exclusiveMinimum", "0", "0.01", true)]
    [InlineData(ColumnKind.Decimal, "maximum", "99.995", "99.99", true)]
    [InlineData(ColumnKind.Decimal, "maximum", "99.995", "100.00", false)]
    [InlineData(ColumnKind.Decimal, "exclusiveMaximum", "100", "100.00", false)]
    [InlineData(ColumnKind.Decimal, "exclusiveMaximum", "100.001", "100.00", true)]
    [InlineData(ColumnKind.Int64, "minimum", "1.5", "1", false)]
    [InlineData(ColumnKind.Int64, "maximum", "99999999999999999999999999", "9223372036854775807", true)]
    [InlineData(ColumnKind.Int64, "minimum", "99999999999999999999999999", "9223372036854775807", false)]
    [InlineData(ColumnKind.Double, "exclusiveMaximum", "1", "0.9999999", true)]
    [InlineData(ColumnKind.Double, "exclusiveMaximum", "1", "1", false)]
    [InlineData(ColumnKind.Date, "minimum", "2020-01-01", "2019-12-31", false)]
    [InlineData(ColumnKind.Date, "maximum", "2020-01-01", "2020-01-01", true)]
    [InlineData(ColumnKind.Timestamp, "minimum", "2020-01-01", "2020-01-01 00:00:00", true)]
    [InlineData(ColumnKind.Timestamp, "minimum", "2020-01-01T12:00:00", "2020-01-01 11:59:59", false)]
    public void Range_Judges(ColumnKind kind, string rule, string bound, string text, bool holds) =>
        Codes(SliceFixture.Column("value", kind, new ColumnRule(rule, bound)), text).Should().Equal(holds ? [] : ["range"]);

    [Theory]
    [InlineData(ColumnKind.Text, "CARD", true)]
    [InlineData(ColumnKind.Text, "card", false)]
    [InlineData(ColumnKind.Decimal, "5", true)]
    [InlineData(ColumnKind.Decimal, "18.00", true)]
    [InlineData(ColumnKind.Decimal, "12.00", false)]
    public void Values_Judge(ColumnKind kind, string text, bool holds) =>
        Codes(SliceFixture.Column("value", kind, new ColumnRule("values", Values: kind == ColumnKind.Text ? ["UPI", "CARD", "CASH"] : ["5.00", "18"])), text)
            .Should().Equal(holds ? [] : ["values"]);

    [Theory]
    [InlineData("5.00", "5.0000", "")]
    [InlineData("5.01", "5.0000", "at_most")]
    [InlineData("5.01", "\\N", "")]
    [InlineData("\\N", "5", "")]
    [InlineData("5.01", "x", "type")]
    public void AtMost_ComparesAcrossScales(string price, string mrp, string expected)
    {
        var table = SliceFixture.Table(
            "t", SliceFixture.Column("id", ColumnKind.Int32), SliceFixture.Column("price", ColumnKind.Decimal, new ColumnRule("atMost", "mrp")),
            SliceFixture.Column("mrp", ColumnKind.Decimal) with { Type = new(ColumnKind.Decimal, "decimal(12,4)") { Precision = 12, Scale = 4 } });

        string.Join(',', Codes(table, $"1\t{price}\t{mrp}")).Should().Be(expected);
    }

    [Theory]
    [InlineData("2026-11-21", "2026-11-21 00:00:00", "")]
    [InlineData("2026-11-22", "2026-11-21 23:59:59", "at_most")]
    public void AtMost_ComparesDateWithTimestamp(string day, string at, string expected)
    {
        var table = SliceFixture.Table(
            "t", SliceFixture.Column("id", ColumnKind.Int32), SliceFixture.Column("day", ColumnKind.Date, new ColumnRule("atMost", "at")), SliceFixture.Column("at", ColumnKind.Timestamp));

        string.Join(',', Codes(table, $"1\t{day}\t{at}")).Should().Be(expected);
    }

    [Fact]
    public void Row_GetsAllItsReasons()
    {
        var table = SliceFixture.Table(
            "t",
            SliceFixture.Column("id", ColumnKind.Int32),
            SliceFixture.Column("name", ColumnKind.Text, new ColumnRule("minLength", "5"), new ColumnRule("pattern", "^[A-Z]+$")),
            SliceFixture.Column("at", ColumnKind.Date) with { Required = true },
            SliceFixture.Column("amount", ColumnKind.Decimal));

        Codes(table, "\\N\tab1\t\\N\t1.234").Should().Equal("required", "length", "pattern", "required", "scale");
    }

    [Theory]
    [InlineData("pattern", "(a)\\1")]
    [InlineData("pattern", "(?=a)")]
    [InlineData("pattern", "(")]
    [InlineData("minLength", "x")]
    [InlineData("minimum", "1")]
    [InlineData("atMost", "nowhere")]
    [InlineData("no-such-rule", null)]
    public void RuleThatCannotHold_IsAContractError(string kind, string? argument) =>
        FluentActions.Invoking(() => CompiledTable.For(SliceFixture.Table("t", SliceFixture.Column("value", ColumnKind.Text, new ColumnRule(kind, argument)))))
            .Should().Throw<ContractInvalidException>();

    [Fact]
    public void Tokens_AreEqualForEqualPersons()
    {
        var tokens = new PersonalTokens("0123456789abcdef"u8);

        Token("098765 43210", "phone-in").Should().Be(Token("+919876543210", "phone-in")).And.HaveLength(22).And.MatchRegex("^[A-Za-z0-9_-]+$");
        Token("98765 43210", null).Should().NotBe(Token("9876543210", null));
        Token(" Asha@Example.COM", "lower").Should().Be(Token("asha@example.com", "lower"));
        Token("ÄSHA", "lower").Should().Be(Token("äsha", "lower"));
        tokens.TryToken("99999-99999"u8, "phone-in", new byte[22]).Should().BeFalse();
        Token("not a phone", "phone-in").Should().Be(Token("not a phone", null));
        FluentActions.Invoking(() => new PersonalTokens("short"u8)).Should().Throw<ArgumentException>();

        string Token(string value, string? normalise)
        {
            var token = new byte[22];
            tokens.TryToken(Encoding.UTF8.GetBytes(value), normalise, token).Should().BeTrue();
            return Encoding.ASCII.GetString(token);
        }
    }

    private static IEnumerable<string> Codes(ContractColumn column, string text) =>
        Codes(SliceFixture.Table("t", SliceFixture.Column("id", ColumnKind.Int32), column), "1\t" + text.Replace("\n", "\\n"));

    private static IEnumerable<string> Codes(ContractTable table, string row)
    {
        using var reader = new TabReader(new MemoryStream(Encoding.UTF8.GetBytes(row + "\n")), table.Columns.Count, "test");
        var check = new RowCheck(CompiledTable.For(table));
        reader.Read().Should().BeTrue();
        check.Check(reader).Should().Be(check.Reasons.Count == 0);
        return check.Reasons.Select(reason => reason.Reason.Code);
    }
}
