using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>Library metrics over a whole run: rowCount of a table, nullValues of a column.</summary>
internal static class AggregateRules
{
    /// <summary>The bounds of Between are outside it: ODCS calls it equivalent to GreaterThan and LessThan.</summary>
    private static readonly string[] Operators =
        ["mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween", "mustNotBeBetween"];

    /// <param name="column">Null for the table's own list.</param>
    public static IEnumerable<TableRule> Compile(YamlMap at, string? column, ProblemList problems)
    {
        // The column's row rules have said already what cannot run.
        foreach (var rule in at.Maps("quality").Where(rule => QualityRules.CanRun(rule, column is null ? problems : new("")) && Concerns(rule, column, problems)))
        {
            var isPercent = rule["unit"].Text() == "percent";
            if (rule["unit"] is { } unit && unit.Text() is not ("rows" or "percent"))
            {
                problems.Add(unit, $"Found the unit {unit.Shown}, expected rows or percent.", "Correct it.");
            }

            if (isPercent && column is null)
            {
                problems.Add(rule["unit"]!, "Found rowCount in percent, expected rows: there is nothing to compare with.", "Write 'unit: rows'.");
            }

            if (rule["arguments"] is { } arguments)
            {
                problems.Add(arguments, $"Found arguments on the metric {rule["metric"]!.Shown}, expected none.", "Remove them.");
            }

            if (rule.Entries.FirstOrDefault(entry => Operators.Contains(entry.Key.Text, StringComparer.Ordinal)) is { } judged && Operands(judged, problems) is { } operands)
            {
                yield return new(rule["metric"].Text()!, column is null ? [] : [column], judged.Key.Text, operands, isPercent);
            }
        }
    }

    private static bool Concerns(YamlMap rule, string? column, ProblemList problems)
    {
        var metric = rule["metric"].Text();
        if (column is not null && (metric == "invalidValues" || rule["type"].Text() == "custom"))
        {
            return false;
        }

        if (metric == (column is null ? "rowCount" : "nullValues"))
        {
            return true;
        }

        problems.Add(
            rule,
            $"Found {(metric is null ? "a custom rule" : $"the metric '{metric}'")} on a {(column is null ? "table" : "column")}, expected {(column is null ? "rowCount" : "nullValues, invalidValues or a custom rule")}.",
            metric switch
            {
                "duplicateValues" => "The load keeps one row per key, and the audit counts no other duplicates: make the columns the primary key, or check it in a view of the warehouse.",
                "missingValues" => "Use nullValues, or invalidValues with a pattern that the placeholders break.",
                "rowCount" => "Move it to the table's own quality list.",
                _ => "Move it to the column that it judges.",
            });
        return false;
    }

    private static List<decimal>? Operands(YamlEntry judged, ProblemList problems)
    {
        var numbers = (judged.Value is YamlList ? judged.Value.Items() : [judged.Value]).Select(node => node.Number()).ToList();
        var isBetween = judged.Key.Text.EndsWith("Between", StringComparison.Ordinal);
        if (numbers.Any(number => number is null) || numbers.Count != (isBetween ? 2 : 1) || (isBetween && numbers[0] >= numbers[1]))
        {
            problems.Add(judged.Value, $"Found {judged.Value.Shown} for '{judged.Key.Text}', expected {(isBetween ? "two numbers, the smaller first; both lie outside the range" : "a number")}.", "Correct it.");
            return null;
        }

        return [.. numbers.Select(number => number!.Value)];
    }
}
