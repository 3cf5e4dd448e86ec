using System.Text.RegularExpressions;
using System.Text.Encodings.Web;

namespace RetailLake.StatesLanguage;

/// <summary>SAM's DefinitionSubstitutions: every ${Name} in the text is replaced before it is parsed.</summary>
public static partial class Substitutions
{
    public static string Apply(string definition, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var missing = Placeholder().Matches(definition).Select(match => match.Groups[1].Value)
            .Where(name => !values.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidDefinitionException("the text to substitute in", [.. missing.Select(name => new DefinitionProblem(
                null, null,
                    $"Found ${{{name}}} without a value; expected one among DefinitionSubstitutions ({string.Join(", ", values.Keys.Order(StringComparer.Ordinal))})."))]);
        }

        // The placeholder stands inside a JSON string, so the value is escaped as one.
        return Placeholder().Replace(definition, match => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(values[match.Groups[1].Value]));
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9_:.\-]*)\}")]
    internal static partial Regex Placeholder();
}
