using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.Tests.Demo.Files;

/// <summary>Rules and forms of the feeds, written down once more and naively.</summary>
internal static partial class PlainRules
{
    private static readonly CultureInfo India = CultureInfo.GetCultureInfo("en-IN");

    public static bool IsEan(string text)
    {
        if (!Thirteen().IsMatch(text))
        {
            return false;
        }

        return text.Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
    }

    public static bool IsMobileOrNone(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return digits.Length == 0 || Mobile().IsMatch(digits);
    }

    public static bool IsGstin(string text)
    {
        const string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var sum = text[..14].Select((letter, index) => alphabet.IndexOf(letter) * (index % 2 + 1)).Sum(product => product / 36 + product % 36);
        return Registration().IsMatch(text) && text[14] == alphabet[(36 - sum % 36) % 36];
    }

    /// <summary><c>1,23,456.78 CR</c> is negative.</summary>
    public static decimal Sided(string text)
    {
        var amount = text[..^3];
        var value = decimal.Parse(amount, NumberStyles.Number, CultureInfo.InvariantCulture);
        value.ToString("N2", India).Should().Be(amount, "digits are grouped as in India");
        return text[^3..] switch { " DR" => value, " CR" => -value, _ => throw new FormatException(text) };
    }

    /// <summary>Two implied decimals, the sign in the last digit.</summary>
    public static decimal Overpunched(string text)
    {
        var place = "{ABCDEFGHI}JKLMNOPQR".IndexOf(text[^1]);
        var value = decimal.Parse(text[..^1] + place % 10, NumberStyles.None, CultureInfo.InvariantCulture) / 100;
        return place < 10 ? value : -value;
    }

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public static bool IsTime(string text, string pattern) => DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex("^[0-9]{13}$")]
    private static partial Regex Thirteen();

    [GeneratedRegex("^(0|91)?[6-9][0-9]{9}$")]
    private static partial Regex Mobile();

    [GeneratedRegex("^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$")]
    private static partial Regex Registration();
}
