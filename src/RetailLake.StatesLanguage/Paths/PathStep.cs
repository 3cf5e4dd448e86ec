using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Paths;

/// <summary>One step of a JSONPath: from one node to the nodes it selects.</summary>
internal abstract record PathStep
{
    /// <summary>A definite step selects at most one node, so a path of definite steps yields a value and not a list.</summary>
    public virtual bool IsDefinite => false;

    public abstract IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root);
}

internal sealed record NameStep(string Name) : PathStep
{
    public override bool IsDefinite => true;

    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root)
    {
        if (node is JsonObject map && map.TryGetPropertyValue(Name, out var value))
        {
            yield return value;
        }
    }
}

internal sealed record IndexStep(int Index) : PathStep
{
    public override bool IsDefinite => true;

    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root)
    {
        if (node is JsonArray list)
        {
            var index = Index < 0 ? list.Count + Index : Index;
            if (index >= 0 && index < list.Count)
            {
                yield return list[index];
            }
        }
    }
}

internal sealed record WildcardStep : PathStep
{
    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root) => node switch
    {
        JsonObject map => map.Select(field => field.Value),
        JsonArray list => list,
        _ => [],
    };
}

internal sealed record SliceStep(int? From, int? To, int By) : PathStep
{
    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root)
    {
        if (node is not JsonArray list)
        {
            yield break;
        }

        var from = Clamp(From ?? 0, list.Count);
        var to = Clamp(To ?? list.Count, list.Count);
        for (var index = from; index < to; index += By)
        {
            yield return list[index];
        }
    }

    private static int Clamp(int index, int count) => Math.Clamp(index < 0 ? count + index : index, 0, count);
}

internal sealed record UnionStep(IReadOnlyList<PathStep> Parts) : PathStep
{
    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root) => Parts.SelectMany(part => part.Select(node, root));
}

/// <summary>The `..` of a path: the node and everything below it; the step that follows picks among them.</summary>
internal sealed record DescendantStep : PathStep
{
    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root)
    {
        var pending = new Stack<JsonNode?>();
        pending.Push(node);
        while (pending.TryPop(out var next))
        {
            yield return next;
            var below = next switch
            {
                JsonObject map => map.Select(field => field.Value),
                JsonArray list => list.AsEnumerable(),
                _ => [],
            };
            foreach (var child in below.Reverse())
            {
                pending.Push(child);
            }
        }
    }
}

internal sealed record FilterStep(FilterTerm Condition) : PathStep
{
    public override IEnumerable<JsonNode?> Select(JsonNode? node, JsonNode? root) => node switch
    {
        JsonArray list => list.Where(item => Condition.Holds(item, root)),
        JsonObject map => map.Select(field => field.Value).Where(item => Condition.Holds(item, root)),
        _ => [],
    };
}
