using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>A quality rule: its keys depend on its type, and a library or SQL rule has exactly one operator.</summary>
internal sealed class QualityShape : Shape
{
    public static readonly QualityShape Instance = new();

    private static readonly Shape Between = new ListShape(() => Number, least: 2, most: 2) { Unique = true };

    private static readonly IReadOnlyDictionary<string, Shape> Operators = Of(
        ("mustBe", Any), ("mustNotBe", Any), ("mustBeGreaterThan", Number), ("mustBeGreaterOrEqualTo", Number), ("mustBeLessThan", Number),
        ("mustBeLessOrEqualTo", Number), ("mustBeBetween", Between), ("mustNotBeBetween", Between));

    private static readonly IReadOnlyDictionary<string, Shape> Library = Of(
        [("metric", OneOf("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount")), ("rule", Text), ("arguments", Mapping), .. Pairs(Operators)]);

    private static readonly IReadOnlyDictionary<string, Shape> Sql = Of([("query", Text), .. Pairs(Operators)]);

    private static readonly IReadOnlyDictionary<string, Shape> Custom = Of(("engine", Text), ("implementation", new TextOrMapping()));

    private static readonly ObjectShape Common = new(
        "a quality rule",
        Of(
            ("id", StableId), ("authoritativeDefinitions", AuthoritativeDefinitions), ("businessImpact", Text), ("customProperties", CustomProperties),
            ("description", Text), ("dimension", OneOf("accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness")),
            ("method", Text), ("name", Text), ("schedule", Text), ("scheduler", Text), ("severity", Text), ("tags", Texts),
            ("type", OneOf("text", "library", "sql", "custom")), ("unit", Text)));

    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        var type = node.Text("type");
        var isLibrary = type == "library" || node.Text("metric") is not null;
        var more = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var (key, shape) in Pairs(isLibrary ? Library : null, type == "sql" ? Sql : null, type == "custom" ? Custom : null))
        {
            more[key] = shape;
        }

        Common.Check(node, what, problems, more);
        if (node is not YamlMap map)
        {
            return;
        }

        Require(map, isLibrary, "metric", problems);
        Require(map, type == "sql", "query", problems);
        Require(map, type == "custom", "engine", problems);
        Require(map, type == "custom", "implementation", problems);
        var operators = map.Entries.Count(entry => Operators.ContainsKey(entry.Key.Text));
        if ((isLibrary || type == "sql") && operators != 1)
        {
            problems.Add(map, $"Found {operators} operators in a quality rule, expected exactly one of {string.Join(", ", Operators.Keys)}.", operators == 0 ? "Add one, e.g. 'mustBe: 0'." : "Make a rule of each.");
        }
    }

    private static void Require(YamlMap map, bool applies, string key, ProblemList problems)
    {
        if (applies && map[key] is null)
        {
            problems.Add(map, $"Found no '{key}' in a quality rule of this type, expected it there.", $"Add '{key}:'.");
        }
    }

    private static (string, Shape)[] Pairs(params IReadOnlyDictionary<string, Shape>?[] fields) =>
        [.. fields.OfType<IReadOnlyDictionary<string, Shape>>().SelectMany(part => part.Select(pair => (pair.Key, pair.Value)))];

    private sealed class TextOrMapping : Shape
    {
        public override void Check(YamlNode node, string what, ProblemList problems)
        {
            if (node is not (YamlMap or YamlScalar { Kind: ScalarKind.Text }))
            {
                Wrong(node, what, "text or a mapping", problems);
            }
        }
    }
}
