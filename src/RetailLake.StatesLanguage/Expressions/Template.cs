using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Expressions;

/// <summary>The spec's Payload Template: JSON in which a field named `x.$` is replaced by `x` with the value of its expression.</summary>
internal abstract record Template
{
    public abstract JsonNode? Evaluate(Scope scope);

    public abstract IEnumerable<JsonPath> Paths { get; }
}

internal sealed record LiteralTemplate(JsonNode? Value) : Template
{
    public override IEnumerable<JsonPath> Paths => [];

    public override JsonNode? Evaluate(Scope scope) => Value?.DeepClone();
}

internal sealed record ExpressionTemplate(Expression Expression) : Template
{
    public override IEnumerable<JsonPath> Paths => Expression.Paths;

    public override JsonNode? Evaluate(Scope scope) => Expression.Evaluate(scope)?.DeepClone();
}

internal sealed record ObjectTemplate(IReadOnlyList<KeyValuePair<string, Template>> Fields) : Template
{
    public override IEnumerable<JsonPath> Paths => Fields.SelectMany(pair => pair.Value.Paths);

    public override JsonNode? Evaluate(Scope scope)
    {
        var filled = new JsonObject();
        foreach (var (name, template) in Fields)
        {
            filled[name] = template.Evaluate(scope).Detached();
        }

        return filled;
    }
}

internal sealed record ArrayTemplate(IReadOnlyList<Template> Items) : Template
{
    public override IEnumerable<JsonPath> Paths => Items.SelectMany(item => item.Paths);

    public override JsonNode? Evaluate(Scope scope) => new JsonArray([.. Items.Select(item => item.Evaluate(scope).Detached())]);
}
