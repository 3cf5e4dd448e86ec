using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>What the entries of a <c>quality</c> list become; those that nothing can carry out are refused.</summary>
internal static class QualityRules
{
    /// <summary>Values that pass these hold ASCII only, so a character is a byte.</summary>
    private static readonly string[] Ascii = ["gstin", "ean13", "hsn", "phone-in", "upi", "pin-in"];

    private static readonly string[] Scheduling = ["schedule", "scheduler"];

    public static bool IsAsciiOnly(YamlMap column) =>
        column.Maps("quality").Any(rule => rule["implementation"].Text() is { } name && Ascii.Contains(name, StringComparer.Ordinal));

    public static IReadOnlyList<ColumnRule> OfRows(YamlMap at, ContractColumn column, ProblemList problems)
    {
        var rules = new List<ColumnRule>();
        foreach (var rule in at.Maps("quality").Where(rule => CanRun(rule, problems)))
        {
            if (rule["type"].Text() == "custom")
            {
                rules.AddRange(Custom(rule, column, problems));
            }
            else if (rule["metric"].Text() == "invalidValues")
            {
                rules.AddRange(InvalidValues.Compile(rule, column, problems));
            }
        }

        return rules;
    }

    /// <returns>Whether it is a rule of a kind that is judged here.</returns>
    public static bool CanRun(YamlMap rule, ProblemList problems)
    {
        foreach (var key in Scheduling.Where(key => rule[key] is not null))
        {
            problems.Add(rule[key]!, $"Found '{key}' on a quality rule, which nothing here follows: rules are judged in each execution.", "Remove it.");
        }

        if (rule["severity"].Text() is { } severity && severity != "error")
        {
            problems.Add(rule["severity"]!, $"Found severity {rule["severity"]!.Shown}, expected 'error' or none: a broken rule rejects the row or stops the execution.", "Remove it, or remove the rule.");
        }

        switch (rule["type"].Text(), rule["metric"].Text())
        {
            case ("text", null):
                return false;
            case ("sql", _):
                problems.Add(rule, "Found a quality rule of type sql, expected library, custom or text: no SQL of a contract is run.", "Use a library metric, a custom rule of engine retaillake, or a view of the warehouse.");
                return false;
            case ("text" or "custom", not null):
                problems.Add(rule, "Found a 'metric' on a quality rule that is not of type library, expected one or the other.", "Make two rules of it.");
                return false;
            case ("custom", null):
                return true;
            case (null or "library", null):
                if (rule["metric"] is null && rule["type"] is null)
                {
                    problems.Add(rule, "Found a quality rule without 'metric', expected something to judge.", "Add a metric, or 'type: text' when it only describes.");
                }

                return false;
            default:
                return rule["type"].Text() is null or "library";
        }
    }

    private static IEnumerable<ColumnRule> Custom(YamlMap rule, ContractColumn column, ProblemList problems)
    {
        if (rule["engine"].Text() is not { } engine || rule["implementation"] is not { } implementation)
        {
            yield break;
        }

        if (engine != "retaillake")
        {
            problems.Add(rule["engine"]!, $"Found the quality engine {rule["engine"]!.Shown}, expected 'retaillake'.", "Nothing else is run here: remove the rule, or state it as one of ours.");
            yield break;
        }

        var (kind, other) = implementation switch
        {
            YamlMap { Entries: [var only] } => (only.Key.Text, only.Value.Text()),
            _ when implementation.Text() is { } text && text.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var argument] => (name, argument),
            _ => (implementation.Text() ?? "", null),
        };
        if (kind is "atMost" or "atLeast" && other is not null)
        {
            yield return new(kind, other);
        }
        else if (other is null && Ascii.Contains(kind, StringComparer.Ordinal) && implementation is YamlScalar)
        {
            if (column.Type.Kind != ColumnKind.Text)
            {
                problems.Add(implementation, $"Found the rule '{kind}' on '{column.Name}' ({column.Type.SourceType}), expected it on text: numbers lose leading zeros.", "Declare the column as text, or state the rule as minimum and maximum.");
                yield break;
            }

            yield return new(kind);
        }
        else
        {
            problems.Add(implementation, $"Found the implementation {implementation.Shown} of engine retaillake, expected one of {string.Join(", ", Ascii)}, 'atMost: column', 'atLeast: column'.", "Correct the spelling.");
        }
    }
}
