using RetailLake.Core.Contracts.Odcs;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Compile.Streams;

/// <summary>The forms of our properties that describe topics.</summary>
internal static class StreamShapes
{
    private const int MostRecordBytes = 64 * 1024 * 1024;

    public static readonly Shape Stream = new ObjectShape(
        "'retaillake.stream'",
        Of(
            ("topic", Text), ("format", OneOf("json", "debezium")), ("version", Text), ("eventTime", Text), ("key", new ListShape(() => Text, least: 1)), ("ignored", Texts),
            ("maxBytes", new NumberShape(whole: true, least: 1_000, most: MostRecordBytes)), ("holdHours", new NumberShape(whole: true, least: 1, most: 24 * 30)), ("gaps", OneOf("allow", "refuse")),
            ("decimals", OneOf("precise", "numeric", "string")), ("times", OneOf("adaptive-microseconds", "adaptive", "connect", "iso", "microseconds", "nanoseconds")),
            ("binary", OneOf("bytes", "base64", "base64-url-safe", "hex"))),
        "format");

    /// <summary>Child table to the parent's column with the number of its rows.</summary>
    public static readonly Shape Complete = new NamesShape();

    private sealed class NamesShape : Shape
    {
        public override void Check(YamlNode node, string what, ProblemList problems)
        {
            if (node is not YamlMap { Entries.Count: > 0 } map || map.Entries.Any(entry => entry.Value.Text() is null))
            {
                Wrong(node, what, "a mapping from child tables to columns of the parent that hold the number of their rows", problems);
            }
        }
    }
}
