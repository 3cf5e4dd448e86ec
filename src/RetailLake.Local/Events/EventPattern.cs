using System.Text.Json.Nodes;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Events;

/// <summary>EventBridge event patterns: exact values, prefix, suffix, anything-but, exists, equals-ignore-case, nested.</summary>
public static class EventPattern
{
    public static bool Matches(JsonObject pattern, JsonObject @event)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.All(pair => MatchesField(pair.Value, @event?[pair.Key], @event?.ContainsKey(pair.Key) == true));
    }

    /// <exception cref="TemplateRefusedException">The rule uses a matcher that is not built; a rule that silently never matched would lose work.</exception>
    public static void Check(LocalRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Check(rule.Pattern, rule);
    }

    private static bool MatchesField(JsonNode? pattern, JsonNode? value, bool exists) => pattern switch
    {
        JsonObject nested => Matches(nested, value as JsonObject ?? []),
        JsonArray alternatives => alternatives.Any(alternative => value is JsonArray { Count: > 0 } items
            ? items.Any(item => MatchesOne(alternative, item, exists))
            : MatchesOne(alternative, value, exists)),
        _ => false,
    };

    private static bool MatchesOne(JsonNode? matcher, JsonNode? value, bool exists)
    {
        if (matcher is not JsonObject content)
        {
            return exists && JsonNode.DeepEquals(matcher, value);
        }

        var (name, operand) = content.First();
        var text = value is JsonValue scalar && scalar.TryGetValue<string>(out var found) ? found : null;
        return name switch
        {
            "exists" => operand!.GetValue<bool>() == exists,
            "prefix" => text?.StartsWith(operand!.GetValue<string>(), StringComparison.Ordinal) == true,
            "suffix" => text?.EndsWith(operand!.GetValue<string>(), StringComparison.Ordinal) == true,
            "equals-ignore-case" => string.Equals(text, operand!.GetValue<string>(), StringComparison.OrdinalIgnoreCase),
            "anything-but" => exists && !(operand is JsonArray many ? many.Any(one => MatchesOne(one, value, exists: true)) : MatchesOne(operand, value, exists: true)),
            _ => false,
        };
    }

    private static void Check(JsonNode? node, LocalRule rule)
    {
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            foreach (var matcher in value is JsonArray list ? list.OfType<JsonObject>() : [])
            {
                var name = matcher.First().Key;
                if (name is not ("exists" or "prefix" or "suffix" or "equals-ignore-case" or "anything-but"))
                {
                    throw new TemplateRefusedException(
                        $"Found the matcher '{name}' at '{key}' of rule '{rule.Name}' in {rule.Where}; the local runner knows exists, prefix, suffix, equals-ignore-case and anything-but.",
                        "Use one of these.");
                }
            }

            Check(value, rule);
        }
    }
}
