using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Definitions;

/// <summary>
/// Takes the fields of one object of a definition. Whatever was not asked for when <see cref="Close"/> is called is a problem:
/// a field the engine would not honour is never ignored.
/// </summary>
internal sealed class FieldReader(JsonObject fields, string? state, string what, List<DefinitionProblem> problems)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public string? State => state;

    public List<DefinitionProblem> Problems => problems;

    public void Report(string? field, string message) => problems.Add(new DefinitionProblem(state, field, message));

    public bool Has(string name) => fields.ContainsKey(name);

    public JsonNode? Node(string name)
    {
        asked.Add(name);
        return fields[name];
    }

    public FieldReader? Nested(string name)
    {
        var node = Node(name);
        if (node is JsonObject inner)
        {
            return new FieldReader(inner, state, $"{what}.{name}", problems);
        }

        if (Has(name))
        {
            Wrong(name, "an object");
        }

        return null;
    }

    public FieldReader Element(JsonObject inner, string name) => new(inner, state, $"{what}.{name}", problems);

    public IEnumerable<(FieldReader Reader, string At)> Elements(string name, bool required)
    {
        var node = Node(name);
        if (node is not JsonArray list || (required && list.Count == 0))
        {
            if (required || Has(name))
            {
                Wrong(name, required ? "an array of one or more objects" : "an array of objects");
            }

            yield break;
        }

        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is JsonObject inner)
            {
                yield return (Element(inner, $"{name}[{index}]"), $"{name}[{index}]");
            }
            else
            {
                Report(name, $"Found {Payload.Text(list[index])} as {what}.{name}[{index}], expected an object.");
            }
        }
    }

    public string? Text(string name, bool required = false)
    {
        var node = Node(name);
        if (node.IsString())
        {
            return node!.GetValue<string>();
        }

        if (required || Has(name))
        {
            Wrong(name, "a string");
        }

        return null;
    }

    public bool Flag(string name)
    {
        var node = Node(name);
        if (Has(name) && !node.IsBoolean())
        {
            Wrong(name, "true or false");
        }

        return node.IsBoolean() && node!.GetValue<bool>();
    }

    public long? Whole(string name, long from, long to)
    {
        var node = Node(name);
        if (node.TryWhole(out var number) && number >= from && number <= to)
        {
            return number;
        }

        if (Has(name))
        {
            Wrong(name, $"a whole number from {from} to {to}");
        }

        return null;
    }

    public double? Number(string name, double from, double to)
    {
        var node = Node(name);
        if (node.IsNumber() && Payload.Number(node!) is var number && number >= from && number <= to)
        {
            return number;
        }

        if (Has(name))
        {
            Wrong(name, $"a number from {from} to {to}");
        }

        return null;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Node(name) is JsonArray list && list.Count > 0 && list.All(item => item.IsString()))
        {
            return [.. list.Select(item => item!.GetValue<string>())];
        }

        Wrong(name, "an array of one or more strings");
        return [];
    }

    public JsonPath? Path(string name, bool reference = false)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            var path = PathParser.Parse(text);
            if (!reference || path.IsReferencePath)
            {
                return path;
            }

            Report(name, $"Found '{text}' as {what}.{name}, expected a reference path: names and indexes only.");
        }
        catch (FormatException refusal)
        {
            Report(name, $"{what}.{name}: {refusal.Message}");
        }

        return null;
    }

    public Expression? Expression(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            return ExpressionParser.Parse(text);
        }
        catch (FormatException refusal)
        {
            Report(name, $"{what}.{name}: {refusal.Message}");
            return null;
        }
    }

    public Template? Template(string name, bool objectOnly = false)
    {
        var node = Node(name);
        if (!Has(name))
        {
            return null;
        }

        if (objectOnly && node is not JsonObject)
        {
            Wrong(name, "an object");
            return null;
        }

        return TemplateParser.Parse(node, $"{what}.{name}", message => Report(name, message));
    }

    /// <summary>At most one of a field and its Path form.</summary>
    public void OneOf(bool required, params string[] names)
    {
        var found = names.Where(Has).ToList();
        if (found.Count > 1 || (required && found.Count == 0))
        {
            Report(found.FirstOrDefault() ?? names[0],
                $"Found {(found.Count == 0 ? "none" : string.Join(" and ", found))} of {string.Join(", ", names)} in {what}, "
                    + $"expected {(required ? "exactly" : "at most")} one.");
        }
    }

    public void Close()
    {
        foreach (var (name, _) in fields)
        {
            if (!asked.Contains(name))
            {
                Report(name, $"Found field '{name}' in {what}, which this engine does not support; "
                    + $"supported: {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private void Wrong(string name, string expected) =>
        Report(name, Has(name)
            ? $"Found {Clip(Payload.Text(fields[name]))} as {what}.{name}, expected {expected}."
            : $"Found no '{name}' in {what}, expected {expected}.");

    private static string Clip(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
