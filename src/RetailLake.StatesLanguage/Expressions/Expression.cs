using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Expressions;

/// <summary>The value of a `name.$` field: a path or a call of an intrinsic function.</summary>
internal abstract record Expression
{
    public abstract JsonNode? Evaluate(Scope scope);

    public abstract IEnumerable<JsonPath> Paths { get; }
}

internal sealed record LiteralExpression(JsonNode? Value) : Expression
{
    public override IEnumerable<JsonPath> Paths => [];

    public override JsonNode? Evaluate(Scope scope) => Value;
}

internal sealed record PathExpression(JsonPath Path) : Expression
{
    public override IEnumerable<JsonPath> Paths => [Path];

    public override JsonNode? Evaluate(Scope scope) => Path.TryEvaluate(scope, out var value)
        ? value
        : throw Failures.ParameterPath(Path.Text, Payload.Text(scope.Input));
}

internal sealed record IntrinsicExpression(string Text, IntrinsicFunction Function, IReadOnlyList<Expression> Arguments) : Expression
{
    public override IEnumerable<JsonPath> Paths => Arguments.SelectMany(argument => argument.Paths);

    public override JsonNode? Evaluate(Scope scope)
    {
        var values = Arguments.Select(argument => argument.Evaluate(scope)).ToArray();
        try
        {
            return Function.Call(values, scope.Random);
        }
        catch (IntrinsicArgumentException refusal)
        {
            throw Failures.Intrinsic(Text, refusal.Message);
        }
    }
}
