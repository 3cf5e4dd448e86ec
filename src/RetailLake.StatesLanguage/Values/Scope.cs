using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Values;

/// <summary>What an expression may read while a state is evaluated.</summary>
internal sealed class Scope(JsonNode? input, Lazy<JsonNode> context, IVariables variables, Random random)
{
    public JsonNode? Input { get; } = input;

    /// <summary>Built only when an expression asks for `$$`.</summary>
    public JsonNode Context => context.Value;

    public IVariables Variables { get; } = variables;

    public Random Random { get; } = random;

    public Scope WithInput(JsonNode? other) => new(other, context, Variables, Random);
}

internal interface IVariables
{
    bool TryRead(string name, out JsonNode? value);
}
