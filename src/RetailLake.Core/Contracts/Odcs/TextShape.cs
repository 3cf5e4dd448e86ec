using System.Globalization;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Odcs;

internal sealed partial class TextShape : Shape
{
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>With the words that describe it.</summary>
    public (Regex Regex, string Words)? Pattern { get; init; }

    /// <summary><c>date</c> or <c>date-time</c>.</summary>
    public string? Format { get; init; }

    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        if (node is not YamlScalar { Kind: ScalarKind.Text } scalar)
        {
            Wrong(node, what, node is YamlScalar ? "text (put it in quotes)" : "text", problems);
        }
        else if (OneOf is not null && !OneOf.Contains(scalar.Text, StringComparer.Ordinal))
        {
            Wrong(node, what, $"one of {string.Join(", ", OneOf)}", problems);
        }
        else if (Pattern is { } pattern && !pattern.Regex.IsMatch(scalar.Text))
        {
            Wrong(node, what, pattern.Words, problems);
        }
        else if (Format is not null && !HasFormat(scalar.Text))
        {
            Wrong(node, what, Format == "date" ? "a date, e.g. 2026-11-21" : "a date and time with its offset, e.g. 2026-11-21T09:30:00Z", problems);
        }
    }

    private bool HasFormat(string text)
    {
        if (Format == "date")
        {
            return IsDate(text);
        }

        var match = DateTimeText().Match(text);
        return match.Success && IsDate(match.Groups[1].Value);
    }

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[-+]([01][0-9]|2[0-3]):?[0-5][0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateTimeText();
}
