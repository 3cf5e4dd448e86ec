using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Expressions;

/// <summary>Typed access to the arguments of an intrinsic function.</summary>
internal static class Arguments
{
    public static JsonArray List(this JsonNode?[] arguments, int index) =>
        arguments[index] as JsonArray ?? throw Wrong(arguments, index, "an array");

    public static JsonObject Map(this JsonNode?[] arguments, int index) =>
        arguments[index] as JsonObject ?? throw Wrong(arguments, index, "an object");

    public static string Text(this JsonNode?[] arguments, int index) =>
        arguments[index].IsString() ? arguments[index]!.GetValue<string>() : throw Wrong(arguments, index, "a string");

    public static bool Flag(this JsonNode?[] arguments, int index) =>
        arguments[index].IsBoolean() ? arguments[index]!.GetValue<bool>() : throw Wrong(arguments, index, "true or false");

    /// <summary>AWS rounds a fractional argument to the nearest whole number.</summary>
    public static long Whole(this JsonNode?[] arguments, int index) =>
        arguments[index].IsNumber() && Math.Abs(Payload.Number(arguments[index]!)) < long.MaxValue / 2
            ? (long)Math.Round(Payload.Number(arguments[index]!), MidpointRounding.AwayFromZero)
            : throw Wrong(arguments, index, "a whole number");

    public static IntrinsicArgumentException Wrong(JsonNode?[] arguments, int index, string expected) =>
        new($"{arguments[index]?.GetValueKind() ?? JsonValueKind.Null} as argument {index + 1} where {expected} is expected");
}
