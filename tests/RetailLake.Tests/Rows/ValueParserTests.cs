using System.Globalization;
using System.Numerics;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Tests.Rows;

public sealed class ValueParserTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("00042", "42")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("2147483648", "range")]
    [InlineData("99999999999999999999", "range")]
    [InlineData("+5", "type")]
    [InlineData("", "type")]
    [InlineData("-", "type")]
    [InlineData("--5", "type")]
    [InlineData("1.0", "type")]
    [InlineData("1e3", "type")]
    [InlineData("5 ", "type")]
    [InlineData("12\0", "type")]
    [InlineData("1,5", "type")]
    [InlineData("१२", "type")]
    [InlineData("１２", "type")]
    [InlineData("1234567a", "type")]
    [InlineData("12345:78", "type")]
    [InlineData("1234567890123456789x", "type")]
    public void Int32_Text(string text, string expected) => Parse(new(ColumnKind.Int32, "int"), text).Should().Be(expected);

    [Theory]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0000000000000000000009", "9")]
    [InlineData("9223372036854775808", "range")]
    [InlineData("18446744073709551615", "range")]
    public void Int64_Text(string text, string expected) => Parse(new(ColumnKind.Int64, "bigint"), text).Should().Be(expected);

    [Theory]
    [InlineData(20, 0, "18446744073709551615", "18446744073709551615")]
    [InlineData(12, 2, "20.259", "scale")]
    [InlineData(12, 2, "20.2500000", "2025")]
    [InlineData(12, 2, "20.2", "2020")]
    [InlineData(12, 2, "-0.05", "-5")]
    [InlineData(12, 2, "0000000000000000000001.10", "110")]
    [InlineData(12, 2, "10000000000.00", "range")]
    [InlineData(12, 2, "9999999999.99", "999999999999")]
    [InlineData(2, 2, "0.25", "25")]
    [InlineData(2, 2, "1.25", "range")]
    [InlineData(12, 2, "1.", "type")]
    [InlineData(12, 2, ".5", "type")]
    [InlineData(12, 2, "1e3", "type")]
    [InlineData(12, 2, "(5)", "type")]
    [InlineData(12, 2, "1,5", "type")]
    [InlineData(12, 2, "1.234,50", "type")]
    [InlineData(12, 2, "NaN", "type")]
    [InlineData(12, 2, "∞", "type")]
    [InlineData(12, 2, "₹5", "type")]
    [InlineData(12, 2, "5.0 ", "type")]
    [InlineData(12, 2, "5.001x", "type")]
    [InlineData(12, 2, "1.2.3", "type")]
    [InlineData(12, 2, "1.-2", "type")]
    [InlineData(12, 2, "", "type")]
    [InlineData(38, 0, "99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData(38, 0, "-99999999999999999999999999999999999999", "-99999999999999999999999999999999999999")]
    [InlineData(38, 0, "100000000000000000000000000000000000000", "range")]
    [InlineData(38, 38, "0.00000000000000000000000000000000000001", "1")]
    [InlineData(38, 30, "12345678.000000000000000000000000000001", "12345678000000000000000000000000000001")]
    public void Decimal_Text(int precision, int scale, string text, string expected) =>
        Parse(new(ColumnKind.Decimal, "decimal") { Precision = precision, Scale = scale }, text).Should().Be(expected);

    [Theory]
    [InlineData("1970-01-01", "0")]
    [InlineData("2024-02-29", "19782")]
    [InlineData("1900-02-29", "type")]
    [InlineData("2000-02-29", "11016")]
    [InlineData("0001-01-01", "-719162")]
    [InlineData("9999-12-31", "2932896")]
    [InlineData("0000-00-00", "zero_date")]
    [InlineData("2026-00-10", "zero_date")]
    [InlineData("2026-11-00", "zero_date")]
    [InlineData("0000-01-01", "type")]
    [InlineData("10000-01-01", "type")]
    [InlineData("2026-13-01", "type")]
    [InlineData("2026-11-31", "type")]
    [InlineData("2026/11/21", "type")]
    [InlineData("03-04-2026", "type")]
    [InlineData("26-11-21", "type")]
    [InlineData("2026-11-21 00:00:00", "type")]
    [InlineData("2026-1-021", "type")]
    public void Date_Text(string text, string expected) => Parse(new(ColumnKind.Date, "date"), text).Should().Be(expected);

    [Theory]
    [InlineData("00:00:00", "0")]
    [InlineData("23:59:59.999999", "86399999999")]
    [InlineData("12:00:00.5", "43200500000")]
    [InlineData("24:00:00", "type")]
    [InlineData("-01:00:00", "type")]
    [InlineData("-838:59:59", "type")]
    [InlineData("838:59:59", "type")]
    [InlineData("12:60:00", "type")]
    [InlineData("23:59:60", "type")]
    [InlineData("12:00", "type")]
    [InlineData("12:00:00.", "type")]
    [InlineData("12:00:00.1234567", "type")]
    public void Time_Text(string text, string expected) => Parse(new(ColumnKind.Time, "time") { Scale = 6 }, text).Should().Be(expected);

    [Theory]
    [InlineData(null, "1970-01-01 00:00:00", "0")]
    [InlineData(null, "1969-12-31 23:59:59.999999", "-1")]
    [InlineData("Asia/Kolkata", "2026-11-22 05:30:00", "1795305600000000")]
    [InlineData("Asia/Kolkata", "1943-06-01 12:00:00", "-839010600000000")]
    [InlineData("America/New_York", "2026-07-01 00:00:00", "1782878400000000")]
    [InlineData("America/New_York", "2026-01-01 00:00:00", "1767243600000000")]
    [InlineData("America/New_York", "2026-03-08 02:30:00", "nonexistent_time")]
    [InlineData("America/New_York", "2026-03-08 03:00:00", "1772953200000000")]
    [InlineData("America/New_York", "2026-11-01 01:30:00", "1793511000000000")]
    [InlineData("America/New_York", "2026-11-01 02:00:00", "1793516400000000")]
    [InlineData("America/New_York", "9999-12-31 23:59:59", "range")]
    [InlineData("Asia/Kolkata", "9999-12-31 23:59:59", "253402280999000000")]
    [InlineData(null, "0000-00-00 00:00:00", "zero_date")]
    [InlineData(null, "2026-11-21", "type")]
    [InlineData(null, "2026-11-21T00:00:00", "type")]
    [InlineData(null, "2026-11-21 24:00:00", "type")]
    [InlineData(null, "2026-11-21 00:00:00Z", "type")]
    [InlineData(null, "1764115200000", "type")]
    public void Timestamp_Text(string? zone, string text, string expected) =>
        Parse(new(ColumnKind.Timestamp, "datetime(6)") { Scale = 6, Zone = zone }, text).Should().Be(expected);

    [Fact]
    public void Timestamp_FractionBeyondScale_IsRefused()
    {
        Parse(new(ColumnKind.Timestamp, "datetime(3)") { Scale = 3 }, "1970-01-01 00:00:00.123000").Should().Be("123000");
        Parse(new(ColumnKind.Timestamp, "datetime(3)") { Scale = 3 }, "1970-01-01 00:00:00.123400").Should().Be("scale");
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-1e-7", -1e-7)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    public void Double_RoundTrips(string text, double expected) =>
        ParseDouble(text).Should().Be(expected);

    [Theory]
    [InlineData("NaN", "type")]
    [InlineData("Infinity", "type")]
    [InlineData("-∞", "type")]
    [InlineData("-Infinity", "type")]
    [InlineData("1e400", "range")]
    [InlineData("1\0", "type")]
    [InlineData("+1", "type")]
    [InlineData("1,5", "type")]
    [InlineData(" 1", "type")]
    [InlineData("", "type")]
    public void Double_Refuses(string text, string expected) => Parse(new(ColumnKind.Double, "double"), text).Should().Be(expected);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("\u0001", "type")]
    [InlineData("\0", "type")]
    [InlineData("2", "type")]
    [InlineData("true", "type")]
    [InlineData("", "type")]
    public void Boolean_Text(string text, string expected) => Parse(new(ColumnKind.Boolean, "tinyint(1)"), text).Should().Be(expected);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("\u0001", "1")]
    [InlineData("\0", "0")]
    [InlineData("\u0002", "type")]
    public void Bit_IsTheByteItself(string text, string expected) => Parse(new(ColumnKind.Boolean, "bit(1)"), text).Should().Be(expected);

    [Fact]
    public void BitOfAFile_IsADigit()
    {
        var cell = default(Cell);
        var column = Column(new(ColumnKind.Boolean, "bit(1)")) with { From = new(FieldScope.Record, Position: 1) };

        ValueParsers.For(column).Parse("\u0001"u8, ref cell)!.Code.Should().Be("type");
        ValueParsers.For(column).Parse("1"u8, ref cell).Should().BeNull();
    }

    [Theory]
    [InlineData("{\"a\":[1,2,{\"b\":null}]}", "0")]
    [InlineData("\"मिठाई\"", "0")]
    [InlineData("{\"a\":1", "json")]
    [InlineData("{'a':1}", "json")]
    [InlineData("{} {}", "json")]
    [InlineData("", "json")]
    [InlineData("NaN", "json")]
    public void Json_Text(string text, string expected) => Parse(new(ColumnKind.Json, "json") { MaxBytes = 100 }, text).Should().Be(expected);

    [Fact]
    public void Text_CountsBytesAndRefusesBrokenUtf8()
    {
        var type = new ColumnType(ColumnKind.Text, "varchar(4)") { MaxBytes = 4 };
        Parse(type, "🎉").Should().Be("0");
        Parse(type, "🎉a").Should().Be("too_long_bytes");
        Parse(type, "a\0").Should().Be("nul");
        Parse(type, [0xC0, 0x80]).Should().Be("utf8");
        Parse(type, [0xED, 0xA0, 0x80]).Should().Be("utf8");
        Parse(type, [0xE0, 0xA4]).Should().Be("utf8");
    }

    [Fact]
    public void Decimal_AgreesWithBigInteger()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 20_000; round++)
        {
            var precision = random.Next(1, 39);
            var scale = random.Next(0, precision + 1);
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, precision + 1)).Select(_ => (char)('0' + random.Next(10))));
            var padded = digits.PadLeft(scale + 1, '0');
            var negative = random.Next(2) == 0;
            var text = (negative ? "-" : "") + padded[..^scale] + (scale > 0 ? "." + padded[^scale..] : "");

            Parse(new(ColumnKind.Decimal, "decimal") { Precision = precision, Scale = scale }, text)
                .Should().Be((negative ? -BigInteger.Parse(digits) : BigInteger.Parse(digits)).ToString(), $"of '{text}' as decimal({precision},{scale})");
        }
    }

    [Fact]
    public void Timestamp_AgreesWithDateTime()
    {
        var random = new Random(7);
        var parser = ValueParsers.For(Column(new(ColumnKind.Timestamp, "datetime(6)") { Scale = 6 }));
        for (var round = 0; round < 20_000; round++)
        {
            var at = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks) / 10 * 10);
            var cell = default(Cell);
            parser.Parse(Encoding.ASCII.GetBytes(at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)), ref cell).Should().BeNull();
            cell.Value.Should().Be((at.Ticks - DateTime.UnixEpoch.Ticks) / 10);
        }
    }

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Asia/Kolkata")]
    public void WallClock_AgreesWithTimeZoneInfo_AllYearRound(string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var clock = WallClock.Of(zone);
        for (var local = new DateTime(2015, 1, 1); local.Year < 2021; local = local.AddMinutes(30))
        {
            var exists = clock.TryOffset((int)(local.Ticks / TimeSpan.TicksPerDay), local.TimeOfDay.Ticks / 10, out var offset);

            exists.Should().Be(!info.IsInvalidTime(local), $"of {local:s}");
            if (exists)
            {
                var expected = info.IsAmbiguousTime(local) ? info.GetAmbiguousTimeOffsets(local).Max() : info.GetUtcOffset(local);
                offset.Should().Be((long)expected.TotalSeconds, $"of {local:s}");
            }
        }
    }

    private static double ParseDouble(string text)
    {
        var cell = default(Cell);
        ValueParsers.For(Column(new(ColumnKind.Double, "double"))).Parse(Encoding.UTF8.GetBytes(text), ref cell).Should().BeNull();
        return cell.Double;
    }

    private static string Parse(ColumnType type, string text) => Parse(type, Encoding.UTF8.GetBytes(text));

    private static string Parse(ColumnType type, byte[] text)
    {
        var cell = default(Cell);
        return ValueParsers.For(Column(type)).Parse(text, ref cell)?.Code ?? cell.Wide.ToString(CultureInfo.InvariantCulture);
    }

    private static ContractColumn Column(ColumnType type) => new() { Name = "value", SourceName = "value", Type = type };
}
