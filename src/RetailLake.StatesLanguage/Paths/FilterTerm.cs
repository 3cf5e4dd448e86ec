using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Paths;

/// <summary>The condition inside `[?( … )]`.</summary>
internal abstract record FilterTerm
{
    public abstract bool Holds(JsonNode? item, JsonNode? root);
}

internal sealed record AllOf(FilterTerm Left, FilterTerm Right) : FilterTerm
{
    public override bool Holds(JsonNode? item, JsonNode? root) => Left.Holds(item, root) && Right.Holds(item, root);
}

internal sealed record AnyOf(FilterTerm Left, FilterTerm Right) : FilterTerm
{
    public override bool Holds(JsonNode? item, JsonNode? root) => Left.Holds(item, root) || Right.Holds(item, root);
}

internal sealed record Negated(FilterTerm Term) : FilterTerm
{
    public override bool Holds(JsonNode? item, JsonNode? root) => !Term.Holds(item, root);
}

internal sealed record Exists(FilterOperand Operand) : FilterTerm
{
    public override bool Holds(JsonNode? item, JsonNode? root) => Operand.TryValue(item, root, out _);
}

internal sealed record Comparison(FilterOperand Left, string Operator, FilterOperand Right) : FilterTerm
{
    public override bool Holds(JsonNode? item, JsonNode? root)
    {
        if (!Left.TryValue(item, root, out var left) || !Right.TryValue(item, root, out var right))
        {
            return false;
        }

        return Operator switch
        {
            "==" => Same(left, right),
            "!=" => !Same(left, right),
            _ => Ordered(left, right),
        };
    }

    private static bool Same(JsonNode? left, JsonNode? right) =>
        left.IsNumber() && right.IsNumber() ? Payload.Number(left!).Equals(Payload.Number(right!)) : JsonNode.DeepEquals(left, right);

    private bool Ordered(JsonNode? left, JsonNode? right)
    {
        int order;
        if (left.IsNumber() && right.IsNumber())
        {
            order = Payload.Number(left!).CompareTo(Payload.Number(right!));
        }
        else if (left?.GetValueKind() == JsonValueKind.String && right?.GetValueKind() == JsonValueKind.String)
        {
            order = string.CompareOrdinal(left.GetValue<string>(), right.GetValue<string>());
        }
        else
        {
            return false;
        }

        return Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary>A literal, or a path from the item (`@`) or from the whole document (`$`).</summary>
internal sealed record FilterOperand(JsonNode? Literal, IReadOnlyList<PathStep>? Steps, bool FromRoot)
{
    public bool TryValue(JsonNode? item, JsonNode? root, out JsonNode? value)
    {
        value = Literal;
        if (Steps is null)
        {
            return true;
        }

        var found = JsonPath.Walk(FromRoot ? root : item, Steps, root).Take(1).ToList();
        value = found.Count == 0 ? null : found[0];
        return found.Count > 0;
    }
}
