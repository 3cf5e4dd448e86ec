using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal abstract record ChoiceTest
{
    public abstract bool Holds(Scope scope);
}

internal sealed record AndTest(IReadOnlyList<ChoiceTest> Tests) : ChoiceTest
{
    public override bool Holds(Scope scope) => Tests.All(test => test.Holds(scope));
}

internal sealed record OrTest(IReadOnlyList<ChoiceTest> Tests) : ChoiceTest
{
    public override bool Holds(Scope scope) => Tests.Any(test => test.Holds(scope));
}

internal sealed record NotTest(ChoiceTest Test) : ChoiceTest
{
    public override bool Holds(Scope scope) => !Test.Holds(scope);
}

internal sealed record PresentTest(JsonPath Variable, bool Expected) : ChoiceTest
{
    // An indefinite path always yields a list; it is present when the list has something in it.
    public override bool Holds(Scope scope) =>
        (Variable.TryEvaluate(scope, out var value) && (Variable.IsDefinite || value is JsonArray { Count: > 0 })) == Expected;
}

internal sealed record KindTest(JsonPath Variable, Func<JsonNode?, bool> IsKind, bool Expected) : ChoiceTest
{
    public override bool Holds(Scope scope) => IsKind(Compare.Read(Variable, scope)) == Expected;
}

/// <summary>A comparator with a literal, or with the value at a path (the …Path comparators). Values of different kinds never match.</summary>
internal sealed record CompareTest(JsonPath Variable, Func<JsonNode?, JsonNode?, bool> Matches, JsonNode? Literal, JsonPath? Other) : ChoiceTest
{
    public override bool Holds(Scope scope) =>
        Matches(Compare.Read(Variable, scope), Other is null ? Literal : Compare.Read(Other, scope));
}

internal static class Compare
{
    public static JsonNode? Read(JsonPath path, Scope scope) => path.TryEvaluate(scope, out var value)
        ? value
        : throw Failures.Runtime($"Invalid path '{path.Text}': The choice state's condition path references an invalid value.");

    public static Func<JsonNode?, JsonNode?, bool> Text(Func<int, bool> accepts) => (left, right) =>
        left.IsString() && right.IsString() && accepts(string.CompareOrdinal(left!.GetValue<string>(), right!.GetValue<string>()));

    public static Func<JsonNode?, JsonNode?, bool> Number(Func<int, bool> accepts) => (left, right) =>
        left.IsNumber() && right.IsNumber() && accepts(Payload.Number(left!).CompareTo(Payload.Number(right!)));

    public static Func<JsonNode?, JsonNode?, bool> Instant(Func<int, bool> accepts) => (left, right) =>
        TryInstant(left, out var first) && TryInstant(right, out var second) && accepts(first.CompareTo(second));

    public static bool Flags(JsonNode? left, JsonNode? right) =>
        left.IsBoolean() && right.IsBoolean() && left!.GetValue<bool>() == right!.GetValue<bool>();

    public static bool TryInstant(JsonNode? value, out DateTimeOffset instant)
    {
        instant = default;
        return value.IsString() && Timestamps.TryRead(value!.GetValue<string>(), out instant);
    }

    /// <summary>StringMatches: `*` stands for any run of characters; `\*` and `\\` stand for themselves.</summary>
    public static bool Wildcard(JsonNode? left, JsonNode? right)
    {
        if (!left.IsString() || !right.IsString())
        {
            return false;
        }

        var pattern = Regex.Replace(
            right!.GetValue<string>(),
            @"\\(.)|\*|[^*\\]+|\\",
            part => part.Value == "*" ? ".*" : Regex.Escape(part.Groups[1].Success ? part.Groups[1].Value : part.Value));
        return Regex.IsMatch(
            left!.GetValue<string>(), $@"\A(?:{pattern})\z", RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }
}
