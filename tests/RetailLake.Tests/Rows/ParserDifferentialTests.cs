using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Rows;

/// <summary>Parsers that read several bytes at once against what a person would write down, on texts that are nearly right.</summary>
public sealed partial class ParserDifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public void Decimal_AgreesWithARegularExpression()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(2_000_000, 100_000); round++)
        {
            var precision = random.Next(1, 20);
            var scale = random.Next(0, precision + 1);
            var text = Noise(random, "0123456789", "..-+ \0:/\u00AE");

            Parse(new(ColumnKind.Decimal, "decimal") { Precision = precision, Scale = scale }, text).Should().Be(Decimal(text, precision, scale), $"of '{text}' as decimal({precision},{scale})");
        }
    }

    [Fact]
    public void Integer_AgreesWithARegularExpression()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(2_000_000, 100_000); round++)
        {
            var text = Noise(random, "0123456789", "-+. \0:/\u00AE");
            var expected = !IntegerText().IsMatch(text) ? "type" : BigInteger.Parse(text, CultureInfo.InvariantCulture) is var value && value >= long.MinValue && value <= long.MaxValue ? $"{value}" : "range";

            Parse(new(ColumnKind.Int64, "bigint"), text).Should().Be(expected, $"of '{text}'");
        }
    }

    [Fact]
    public void Timestamp_AgreesWithDateTime()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(2_000_000, 100_000); round++)
        {
            var text = new StringBuilder(new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            for (var changes = random.Next(3); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = "0123456789-: T/;\u00B0"[random.Next(17)];
            }

            var isTime = DateTime.TryParseExact(text.ToString(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at);
            var found = Parse(new(ColumnKind.Timestamp, "datetime"), text.ToString());
            found.Should().Be(isTime ? $"{(at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}" : ZeroDate().IsMatch(text.ToString()) ? "zero_date" : "type", $"of '{text}'");
        }
    }

    private static string Noise(Random random, string digits, string others)
    {
        var text = new StringBuilder();
        for (var left = random.Next(random.Next(3) == 0 ? 22 : 11); left > 0; left--)
        {
            text.Append(random.Next(10) == 0 ? others[random.Next(others.Length)] : digits[random.Next(digits.Length)]);
        }

        return random.Next(4) == 0 ? $"-{text}" : text.ToString();
    }

    private static string Decimal(string text, int precision, int scale)
    {
        if (DecimalText().Match(text) is not { Success: true } match)
        {
            return "type";
        }

        var (whole, fraction) = (match.Groups[1].Value.TrimStart('0'), match.Groups[2].Value);
        var kept = fraction.PadRight(scale, '0')[..scale];
        return whole.Length > precision - scale ? "range"
            : fraction.AsSpan(kept.Length > fraction.Length ? fraction.Length : kept.Length).ContainsAnyExcept('0') ? "scale"
            : (text[0] == '-' ? -BigInteger.Parse($"0{whole}{kept}") : BigInteger.Parse($"0{whole}{kept}")).ToString();
    }

    private static string Parse(ColumnType type, string text)
    {
        var cell = default(Cell);
        var column = new ContractColumn { Name = "c", SourceName = "c", Type = type };
        return ValueParsers.For(column).Parse(Encoding.Latin1.GetBytes(text), ref cell) is { } refused ? refused.Code : cell.Wide.ToString();
    }

    [GeneratedRegex(@"\A-?([0-9]+)(?:\.([0-9]+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalText();

    [GeneratedRegex(@"\A-?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerText();

    /// <summary>A zero month or day beside ones that exist, and a time that does.</summary>
    [GeneratedRegex(@"\A(?:0000-00-00|[0-9]{4}-(?:00-(?:[0-2][0-9]|3[01])|(?:0[0-9]|1[0-2])-00)) (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZeroDate();
}
