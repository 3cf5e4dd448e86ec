using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Expressions;

internal static class TemplateParser
{
    /// <summary>Reports each problem with the path of the field inside the template, and goes on.</summary>
    public static Template Parse(JsonNode? node, string at, Action<string> report) => node switch
    {
        JsonObject map => new ObjectTemplate([.. Fields(map, at, report)]),
        JsonArray list => new ArrayTemplate([.. list.Select((item, index) => Parse(item, $"{at}[{index}]", report))]),
        _ => new LiteralTemplate(node),
    };

    private static IEnumerable<KeyValuePair<string, Template>> Fields(JsonObject map, string at, Action<string> report)
    {
        foreach (var (name, value) in map)
        {
            if (!name.EndsWith(".$", StringComparison.Ordinal))
            {
                yield return new(name, Parse(value, $"{at}.{name}", report));
                continue;
            }

            if (map.ContainsKey(name[..^2]))
            {
                report($"{at} has both '{name[..^2]}' and '{name}'; one of them is expected.");
            }

            if (Expression(value, $"{at}.{name}", report) is { } expression)
            {
                yield return new(name[..^2], new ExpressionTemplate(expression));
            }
        }
    }

    private static Expression? Expression(JsonNode? value, string at, Action<string> report)
    {
        if (!value.IsString())
        {
            report($"{at} is {Payload.Text(value)}; a field whose name ends in '.$' holds a string with a path or a function.");
            return null;
        }

        try
        {
            return ExpressionParser.Parse(value!.GetValue<string>());
        }
        catch (FormatException refusal)
        {
            report($"{at}: {refusal.Message}");
            return null;
        }
    }
}
