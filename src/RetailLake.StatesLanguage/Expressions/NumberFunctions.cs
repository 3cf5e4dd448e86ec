using System.Globalization;
using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Expressions;

internal static class NumberFunctions
{
    public static readonly IntrinsicFunction[] All =
    [
        new("States.MathAdd", 2, 2, (a, _) => a.Whole(0) + a.Whole(1)),
        new("States.MathRandom", 2, 3, Random),
        new("States.UUID", 0, 0, (_, random) => Uuid(random)),
    ];

    // The end is exclusive; a seed makes the number repeatable, as AWS documents it.
    private static JsonNode? Random(JsonNode?[] arguments, Random random)
    {
        var (from, to) = (arguments.Whole(0), arguments.Whole(1));
        var source = arguments.Length == 3 ? new Random((int)(arguments.Whole(2) & int.MaxValue)) : random;
        return from < to
            ? source.NextInt64(from, to)
            : throw new IntrinsicArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"range {from} to {to} where the start is below the end"));
    }

    private static string Uuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }
}
