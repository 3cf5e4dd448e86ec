using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>The library metric invalidValues with 'mustBe: 0': every row is judged by itself.</summary>
internal static class InvalidValues
{
    public static IEnumerable<ColumnRule> Compile(YamlMap rule, ContractColumn column, ProblemList problems)
    {
        if (rule["mustBe"].Number() != 0)
        {
            problems.Add(rule, "Found an invalidValues rule without 'mustBe: 0', expected that: a row that breaks it is rejected, and 'retaillake.rejectBudgetPercent' says how many may be.", "Write 'mustBe: 0'.");
            yield break;
        }

        if (rule["arguments"] is not YamlMap { Entries.Count: > 0 } arguments)
        {
            problems.Add(rule, "Found an invalidValues rule without arguments, expected 'validValues' or 'pattern' under 'arguments'.", "Add them; mind the indentation.");
            yield break;
        }

        foreach (var (key, value) in arguments.Entries)
        {
            if (key.Text == "validValues" && value is YamlList { Items.Count: > 0 } values)
            {
                if (Texts(values, column, problems) is { } texts)
                {
                    yield return new("values", Values: texts);
                }
            }
            else if (key.Text == "pattern" && value.Text() is not null)
            {
                if (OptionRules.Pattern(value, column, problems) is { } pattern)
                {
                    yield return pattern;
                }
            }
            else
            {
                problems.Add(key, $"Found the argument {key.Shown} of invalidValues with {value.Shown}, expected 'validValues' with a list or 'pattern' with text.", "Correct it.");
            }
        }
    }

    private static List<string>? Texts(YamlList values, ContractColumn column, ProblemList problems)
    {
        var texts = new List<string>();
        foreach (var item in values.Items)
        {
            if (item is not YamlScalar { Kind: not ScalarKind.Null } scalar || !ValueText.Reads(scalar.Text, column.Type))
            {
                problems.Add(item, $"Found {item.Shown} among the valid values of '{column.Name}' ({column.Type.SourceType}), expected {ValueText.Expected(column.Type)}.", "Correct it; NULL passes every rule and need not be listed.");
                return null;
            }

            texts.Add(scalar.Text);
        }

        return texts;
    }
}
