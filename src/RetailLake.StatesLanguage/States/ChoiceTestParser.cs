using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal static class ChoiceTestParser
{
    private static readonly string[] CombinationNames = ["And", "Or", "Not"];

    private static readonly Dictionary<string, Func<int, bool>> Orders = new(StringComparer.Ordinal)
    {
        ["Equals"] = order => order == 0,
        ["LessThan"] = order => order < 0,
        ["LessThanEquals"] = order => order <= 0,
        ["GreaterThan"] = order => order > 0,
        ["GreaterThanEquals"] = order => order >= 0,
    };

    private static readonly Dictionary<string, Func<JsonNode?, bool>> Kinds = new(StringComparer.Ordinal)
    {
        ["IsNull"] = value => value is null,
        ["IsNumeric"] = value => value.IsNumber(),
        ["IsString"] = value => value.IsString(),
        ["IsBoolean"] = value => value.IsBoolean(),
        ["IsTimestamp"] = value => Compare.TryInstant(value, out _),
    };

    private static readonly Dictionary<string, (Func<JsonNode?, JsonNode?, bool> Matches, Func<JsonNode?, bool> Accepts, string Expected)> Comparators = Build();

    public static ChoiceTest? Read(FieldReader entry, string at)
    {
        var test = ReadTest(entry, at);
        entry.Close();
        return test;
    }

    private static ChoiceTest? ReadTest(FieldReader entry, string at)
    {
        string[] combinations = [.. CombinationNames.Where(entry.Has)];
        string[] comparators = [.. Comparators.Keys.SelectMany(name => name == "StringMatches" ? [name] : new[] { name, name + "Path" })
            .Concat(Kinds.Keys).Append("IsPresent").Where(entry.Has)];
        if (combinations.Length + comparators.Length != 1)
        {
            var found = combinations.Length + comparators.Length == 0 ? "no comparison" : string.Join(" and ", combinations.Concat(comparators));
            entry.Report("Choices",
                $"Found {found} in {at}, expected exactly one of And, Or, Not, IsPresent, "
                    + $"{string.Join(", ", Kinds.Keys)}, {string.Join(", ", Comparators.Keys)} or their Path forms.");
            return null;
        }

        return combinations.Length == 1 ? Combination(entry, combinations[0], at) : Comparison(entry, comparators[0], at);
    }

    private static ChoiceTest? Combination(FieldReader entry, string name, string at)
    {
        if (name == "Not")
        {
            return entry.Nested("Not") is { } inner && Read(inner, $"{at}.Not") is { } negated ? new NotTest(negated) : null;
        }

        var parts = entry.Elements(name, required: true).Select(part => Read(part.Reader, $"{at}.{part.At}")).ToList();
        List<ChoiceTest> tests = [.. parts.OfType<ChoiceTest>()];
        return name == "And" ? new AndTest(tests) : new OrTest(tests);
    }

    private static ChoiceTest? Comparison(FieldReader entry, string name, string at)
    {
        entry.Text("Variable", required: true);
        var variable = entry.Path("Variable");
        if (name == "IsPresent" || Kinds.ContainsKey(name))
        {
            var expected = entry.Flag(name);
            return variable is null ? null
                : name == "IsPresent" ? new PresentTest(variable, expected)
                : new KindTest(variable, Kinds[name], expected);
        }

        if (Comparators.TryGetValue(name, out var comparator))
        {
            var literal = entry.Node(name);
            if (!comparator.Accepts(literal))
            {
                entry.Report("Choices", $"Found {Payload.Text(literal)} as {at}.{name}, expected {comparator.Expected}.");
            }

            return variable is null ? null : new CompareTest(variable, comparator.Matches, literal, null);
        }

        var other = entry.Path(name);
        return variable is null || other is null ? null : new CompareTest(variable, Comparators[name[..^4]].Matches, null, other);
    }

    private static Dictionary<string, (Func<JsonNode?, JsonNode?, bool> Matches, Func<JsonNode?, bool> Accepts, string Expected)> Build()
    {
        var all = new Dictionary<string, (Func<JsonNode?, JsonNode?, bool>, Func<JsonNode?, bool>, string)>(StringComparer.Ordinal);
        foreach (var (order, accepts) in Orders)
        {
            all[$"String{order}"] = (Compare.Text(accepts), value => value.IsString(), "a string");
            all[$"Numeric{order}"] = (Compare.Number(accepts), value => value.IsNumber(), "a number");
            all[$"Timestamp{order}"] = (Compare.Instant(accepts), value => Compare.TryInstant(value, out _), "an RFC 3339 timestamp");
        }

        all["BooleanEquals"] = (Compare.Flags, value => value.IsBoolean(), "true or false");
        all["StringMatches"] = (Compare.Wildcard, value => value.IsString(), "a string");
        return all;
    }
}
