using System.Text.Json;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Secrets;

/// <summary>Values that samples and templates ship with. Taken for a password they lock accounts, or worse, work.</summary>
public static class Placeholder
{
    private static readonly string[] Known = ["CHANGEME", "CHANGEIT", "REPLACEME", "REPLACEWITH", "PLACEHOLDER", "TODO", "TBD", "FIXME", "YOURPASSWORD", "XXX", "XXXX", "XXXXXX"];

    /// <returns>The value, when neither it nor a property of it is a placeholder.</returns>
    /// <exception cref="SecretMissingException">It is one.</exception>
    public static string Refuse(string name, string value, string place)
    {
        ArgumentNullException.ThrowIfNull(value);
        return !IsIn(value) ? value : throw new SecretMissingException(
            $"Found a placeholder or nothing in the secret '{name}' in {place}; a real value was expected.",
            "Nothing was read or loaded.",
            "Put the real value there.");
    }

    private static bool IsIn(string value)
    {
        if (!value.TrimStart().StartsWith('{'))
        {
            return IsOne(value);
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.EnumerateObject().Any(property => property.Value.ValueKind == JsonValueKind.String && IsOne(property.Value.GetString()!));
        }
        catch (JsonException)
        {
            // Not JSON after all: a value may well begin with a brace.
            return IsOne(value);
        }
    }

    private static bool IsOne(string value)
    {
        var trimmed = value.Trim();
        if (trimmed is ['<', .., '>'] || trimmed is ['$', '{', .., '}'])
        {
            return true;
        }

        var letters = trimmed.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return letters.Length == 0 || Known.Contains(letters);
    }
}
