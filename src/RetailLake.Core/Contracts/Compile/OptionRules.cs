using System.Globalization;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>Row rules from <c>logicalTypeOptions</c>, in the order of the contract.</summary>
internal static class OptionRules
{
    private const int LongestPattern = 1_000;

    public static IEnumerable<ColumnRule> Compile(YamlMap at, ContractColumn column, ProblemList problems)
    {
        foreach (var (key, value) in (at["logicalTypeOptions"] as YamlMap)?.Entries ?? [])
        {
            var rule = key.Text switch
            {
                "pattern" => Pattern(value, column, problems),
                "minLength" or "maxLength" => Length(key.Text, value, column, problems),
                "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => Bound(key.Text, value, column, problems),
                _ => null,
            };
            if (rule is not null)
            {
                yield return rule;
            }
            else if (key.Text is "format" or "multipleOf" || (column.Type.Kind == ColumnKind.Time && key.Text is "timezone" or "defaultTimezone"))
            {
                problems.Add(key, $"Found the option {key.Shown} on '{column.Name}', which nothing here judges.", key.Text == "format" ? "Remove it; 'pattern' or a quality rule can say the same." : "Remove it.");
            }
        }
    }

    public static ColumnRule? Pattern(YamlNode value, ContractColumn column, ProblemList problems)
    {
        if (value.Text() is not { } pattern)
        {
            return null;
        }

        if (column.Type.Kind != ColumnKind.Text)
        {
            problems.Add(value, $"Found a pattern on '{column.Name}' ({column.Type.SourceType}), expected it on text only.", "Use minimum, maximum or validValues.");
            return null;
        }

        try
        {
            if (pattern.Length > LongestPattern)
            {
                throw new ArgumentException($"more than {LongestPattern} characters");
            }

            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return new("pattern", pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // Look-around and back-references would let one hostile value cost hours.
            problems.Add(value, $"Found the pattern {value.Shown} on '{column.Name}', expected a regular expression without look-around and back-references ({Printable.Of(exception.Message)}).", "Write it with classes, counts and anchors only.");
            return null;
        }
    }

    private static ColumnRule? Length(string kind, YamlNode value, ContractColumn column, ProblemList problems)
    {
        if (value.Integer() is not { } length || length < 0)
        {
            return null;
        }

        if (length <= ColumnType.WidestText && column.Type.Kind is ColumnKind.Text or ColumnKind.Json)
        {
            return new(kind, length.ToString(CultureInfo.InvariantCulture));
        }

        problems.Add(value, $"Found {kind} {length} on '{column.Name}' ({column.Type.SourceType}), expected 0 to {ColumnType.WidestText} on text.", "Correct the number, or remove the option.");
        return null;
    }

    private static ColumnRule? Bound(string kind, YamlNode value, ContractColumn column, ProblemList problems)
    {
        var text = column.Type.Kind is ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time
            ? value.Text() is { } written && ValueText.Reads(written, column.Type) ? written : null
            : value.Number()?.ToString(CultureInfo.InvariantCulture);
        if (text is null || column.Type.Kind is ColumnKind.Boolean or ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary)
        {
            problems.Add(value, $"Found {value.Shown} for '{kind}' of '{column.Name}' ({column.Type.SourceType}), expected {ValueText.Expected(column.Type)}.", "Correct the bound.");
            return null;
        }

        return new(kind, text);
    }
}
