using RetailLake.Core.Contracts.Odcs;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>The forms of our properties that describe drops.</summary>
internal static class DropShapes
{
    /// <summary>A field, by name, path, range or position; a bare position is a number to YAML.</summary>
    public static readonly Shape From = new FieldShape();

    public static readonly Shape Format = new ObjectShape(
        "'retaillake.format'",
        Of(
            ("pattern", Text), ("point", OneOf(".", ",")), ("grouping", OneOf("none", "thousands", "indian")), ("impliedDecimals", new NumberShape(whole: true, least: 0, most: 18)),
            ("sign", OneOf("leading", "trailing", "overpunch", "credit-debit", "parentheses")), ("trim", Flag), ("pad", OneOf("0", " ", "*")), ("nulls", Texts), ("map", new MapShape())));

    public static readonly Shape Drop = new ObjectShape(
        "'retaillake.drop'",
        Of(
            ("format", OneOf("delimited", "fixed", "xml")), ("name", Text), ("proof", OneOf("marker", "control", "trailer", "stable")), ("proofFile", Text),
            ("settleSeconds", new NumberShape(whole: true, least: 5, most: 3_600)),
            ("control", new ObjectShape("'control'", Of(("bytes", Text), ("rows", Text), ("sha256", Text), ("md5", Text)))),
            ("version", OneOf("modified", "name")), ("replaces", new ListOrShape(new ListShape(() => Text, least: 1), OneOf("rows", "file"))),
            ("compression", OneOf("none", "gzip", "zip")), ("encoding", OneOf("utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "us-ascii")),
            ("maxBytes", new NumberShape(whole: true, least: 1)), ("sliceBytes", new NumberShape(whole: true, least: 1))),
        "format");

    /// <summary>One object for the three formats; which keys belong to which is said by <see cref="LayoutCompiler"/>.</summary>
    public static readonly Shape Layout = new ObjectShape(
        "'retaillake.layout'",
        Of(
            ("delimiter", Text), ("quote", OneOf("\"", "'", "none")), ("header", Flag), ("skipLines", new NumberShape(whole: true, least: 0, most: 10_000)), ("substituteEof", Flag),
            ("unit", Text), ("recordLength", new NumberShape(whole: true, least: 1, most: 1_000_000)), ("namespaces", Texts), ("maxDepth", new NumberShape(whole: true, least: 2, most: 1_000))));

    private static readonly Shape Width = new NumberShape(whole: true, least: 1, most: 1_000_000);

    public static readonly Shape Records = new ObjectShape(
        "'retaillake.records'",
        Of(
            ("at", From), ("header", Text), ("headerWidth", Width), ("trailer", Text), ("trailerWidth", Width), ("ignored", Texts),
            ("totals", new ListShape(() => new ObjectShape("a total of the trailer", Of(("at", From), ("table", Text), ("column", Text), ("format", Format)), "at")))),
        "at");

    private sealed class FieldShape : Shape
    {
        public override void Check(YamlNode node, string what, ProblemList problems)
        {
            if (node.Text() is null && node.Integer() is null)
            {
                Wrong(node, what, "a header name, a position, a range or a path", problems);
            }
        }
    }

    private sealed class MapShape : Shape
    {
        public override void Check(YamlNode node, string what, ProblemList problems)
        {
            if (node is not YamlMap map)
            {
                Wrong(node, what, "a mapping from what is written to what it means", problems);
                return;
            }

            foreach (var (_, value) in map.Entries)
            {
                PlainValue.Check(value, what, problems);
            }
        }

        private static readonly Shape PlainValue = new PlainShape();
    }
}
