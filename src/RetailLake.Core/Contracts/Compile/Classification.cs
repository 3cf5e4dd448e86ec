using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>Default-deny: what is not declared clear is tokenised. Only text may leave it unsaid, for a number's token is no number.</summary>
internal static class Classification
{
    private static readonly string[] Clear = ["public", "internal", "confidential"];

    private static readonly string[] Personal = ["personal", "pii", "sensitive", "restricted"];

    public static bool IsPersonal(YamlMap at, string name, ColumnType type, ProblemList problems)
    {
        if (at["classification"] is not { } node)
        {
            if (type.Kind != ColumnKind.Text)
            {
                problems.Add(at, $"Found no 'classification' on '{name}' ({type.SourceType}), expected one: undeclared columns are tokenised, and a token is no {type.Kind}.", "Add 'classification: internal' when it says nothing about a person, else 'classification: personal'.");
            }

            return true;
        }

        if (node.Text() is not { } text)
        {
            return true;
        }

        if (!Clear.Contains(text, StringComparer.Ordinal) && !Personal.Contains(text, StringComparer.Ordinal))
        {
            problems.Add(node, $"Found classification {node.Shown} on '{name}', expected one of {string.Join(", ", Clear)} (kept as it is), {string.Join(", ", Personal)} (tokenised).", "Choose one of them.");
        }

        return !Clear.Contains(text, StringComparer.Ordinal);
    }
}
