using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Expressions;

internal static class ArrayFunctions
{
    public static readonly IntrinsicFunction[] All =
    [
        new("States.Array", 0, int.MaxValue, (a, _) => new JsonArray([.. a.Select(item => item?.DeepClone())])),
        new("States.ArrayPartition", 2, 2, (a, _) => Partition(a)),
        new("States.ArrayContains", 2, 2, (a, _) => a.List(0).Any(item => Same(item, a[1]))),
        new("States.ArrayRange", 3, 3, (a, _) => Range(a)),
        new("States.ArrayGetItem", 2, 2, (a, _) => Item(a)),
        new("States.ArrayLength", 1, 1, (a, _) => a.List(0).Count),
        new("States.ArrayUnique", 1, 1, (a, _) => Unique(a.List(0))),
    ];

    private static JsonArray Partition(JsonNode?[] arguments)
    {
        var size = arguments.Whole(1);
        return size > 0
            ? new JsonArray([.. arguments.List(0).Chunk((int)size)
                .Select(part => new JsonArray([.. part.Select(item => item?.DeepClone())]))])
            : throw new IntrinsicArgumentException($"chunk size {size} where 1 or more is expected");
    }

    private static JsonArray Range(JsonNode?[] arguments)
    {
        var (first, last, step) = (arguments.Whole(0), arguments.Whole(1), arguments.Whole(2));
        if (step == 0)
        {
            throw new IntrinsicArgumentException("step 0 where any other number is expected");
        }

        if (Math.Abs((last - first) / step) >= 1000)
        {
            throw new IntrinsicArgumentException("a range of over 1000 numbers where at most 1000 are allowed");
        }

        var numbers = new JsonArray();
        for (var number = first; step > 0 ? number <= last : number >= last; number += step)
        {
            numbers.Add(number);
        }

        return numbers;
    }

    private static JsonNode? Item(JsonNode?[] arguments)
    {
        var (list, index) = (arguments.List(0), arguments.Whole(1));
        return index >= 0 && index < list.Count
            ? list[(int)index]
            : throw new IntrinsicArgumentException($"index {index} where an index of an array of {list.Count} items is expected");
    }

    private static JsonArray Unique(JsonArray list)
    {
        var kept = new List<JsonNode?>();
        foreach (var item in list)
        {
            if (!kept.Exists(seen => Same(seen, item)))
            {
                kept.Add(item);
            }
        }

        return new JsonArray([.. kept.Select(item => item?.DeepClone())]);
    }

    private static bool Same(JsonNode? left, JsonNode? right) =>
        left.IsNumber() && right.IsNumber() ? Payload.Number(left!).Equals(Payload.Number(right!)) : JsonNode.DeepEquals(left, right);
}
