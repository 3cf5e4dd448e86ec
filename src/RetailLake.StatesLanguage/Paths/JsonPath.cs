using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Paths;

internal enum PathRoot
{
    Input,
    Context,
    Variable,
}

/// <summary>A parsed JSONPath: `$…` reads the state's input, `$$…` the context object, `$name…` a variable.</summary>
internal sealed record JsonPath(string Text, PathRoot Root, string? Variable, IReadOnlyList<PathStep> Steps)
{
    public bool IsDefinite => Steps.All(step => step.IsDefinite);

    /// <summary>The spec's Reference Path: it names one node, without operators that could select many.</summary>
    public bool IsReferencePath => IsDefinite && Steps.All(step => step is not IndexStep { Index: < 0 });

    public bool IsWholeInput => Root == PathRoot.Input && Steps.Count == 0;

    /// <summary>An indefinite path always yields a list, even of none; a definite one yields its node or nothing.</summary>
    public bool TryEvaluate(Scope scope, out JsonNode? value)
    {
        JsonNode? start;
        switch (Root)
        {
            case PathRoot.Context:
                start = scope.Context;
                break;
            case PathRoot.Variable:
                if (!scope.Variables.TryRead(Variable!, out start))
                {
                    value = null;
                    return false;
                }

                break;
            default:
                start = scope.Input;
                break;
        }

        var found = Walk(start, Steps, start);
        if (IsDefinite)
        {
            using var only = found.GetEnumerator();
            var any = only.MoveNext();
            value = any ? only.Current : null;
            return any;
        }

        value = new JsonArray([.. found.Select(node => node?.DeepClone())]);
        return true;
    }

    public static IEnumerable<JsonNode?> Walk(JsonNode? start, IReadOnlyList<PathStep> steps, JsonNode? root)
    {
        IEnumerable<JsonNode?> nodes = [start];
        foreach (var step in steps)
        {
            nodes = nodes.SelectMany(node => step.Select(node, root));
        }

        return nodes;
    }
}
