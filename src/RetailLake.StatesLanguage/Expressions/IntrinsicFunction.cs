using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Expressions;

internal delegate JsonNode? IntrinsicCall(JsonNode?[] arguments, Random random);

internal sealed record IntrinsicFunction(string Name, int Fewest, int Most, IntrinsicCall Call)
{
    public static readonly IReadOnlyDictionary<string, IntrinsicFunction> All = new[]
    {
        ArrayFunctions.All, TextFunctions.All, NumberFunctions.All,
    }.SelectMany(family => family).ToDictionary(function => function.Name, StringComparer.Ordinal);
}

/// <summary>Carries "what was found" up to the expression, which knows the text of the call.</summary>
internal sealed class IntrinsicArgumentException(string message) : Exception(message);
