using RetailLake.Core.Contracts.Compile.Drops;
using RetailLake.Core.Contracts.Compile.Streams;
using RetailLake.Core.Contracts.Odcs;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>The <c>retaillake.</c> entries of customProperties: which there are, where, and of what form. Those of others pass untouched.</summary>
internal static class OwnProperties
{
    public const string Prefix = "retaillake.";

    public static readonly IReadOnlyDictionary<string, Shape> OfContract = Of(
        ("extract", new ObjectShape(
            "'retaillake.extract'",
            Of(
                ("mode", OneOf("window", "snapshot")), ("deletes", OneOf("none", "soft", "sweep")),
                ("lagSeconds", new NumberShape(whole: true, least: 0, most: 86_400)), ("sliceRows", new NumberShape(whole: true, least: 1, most: 100_000_000))),
            "mode")),
        ("rejectBudgetPercent", new NumberShape(least: 0, most: 100)),
        ("rejectBudgetRows", new NumberShape(whole: true, least: 0, most: 1_000_000)),
        ("manthan", new ObjectShape(
            "'retaillake.manthan'",
            Of(
                ("subject", Text), ("table", Text), ("columns", new ListShape(() => Text, least: 1)), ("businessDate", Text), ("totals", Texts), ("header", Flag),
                ("delivery", OneOf("rename", "direct", "direct+marker")), ("target", Text)),
            "subject", "table", "columns")),
        ("drop", DropShapes.Drop),
        ("layout", DropShapes.Layout),
        ("records", DropShapes.Records),
        ("stream", StreamShapes.Stream));

    public static readonly IReadOnlyDictionary<string, Shape> OfServer = Of(("secret", Text));

    public static readonly IReadOnlyDictionary<string, Shape> OfTable = Of(
        ("parentKey", new ListShape(() => Text, least: 1)), ("distKey", Text), ("sortKey", new ListShape(() => Text, least: 1, most: 400)), ("record", Text), ("complete", StreamShapes.Complete));

    public static readonly IReadOnlyDictionary<string, Shape> OfColumn = Of(
        ("cursor", Flag), ("softDelete", Flag), ("zeroDate", new ZeroDateShape()), ("controlTotal", Flag), ("normalise", OneOf("phone-in", "lower")),
        ("from", DropShapes.From), ("format", DropShapes.Format));

    private static readonly IReadOnlyDictionary<string, Shape> Nowhere = Of();

    /// <summary>Checks every entry of the document, also where none of ours has a meaning.</summary>
    public static void Check(YamlMap root, ProblemList problems)
    {
        OfOwner(root, OfContract, "the contract", problems);
        Below(root, ["servers", "schema", "customProperties"], problems);
        foreach (var server in root.Maps("servers"))
        {
            OfOwner(server, OfServer, "a server", problems);
            Below(server, ["customProperties"], problems);
        }

        foreach (var table in root.Maps("schema"))
        {
            OfOwner(table, OfTable, "a table", problems);
            Below(table, ["properties", "customProperties"], problems);
            foreach (var column in table.Maps("properties"))
            {
                OfOwner(column, OfColumn, "a column", problems);
                Below(column, ["customProperties", "examples"], problems);
            }
        }
    }

    /// <summary>The value of one of ours, or null.</summary>
    public static YamlNode? Own(this YamlMap owner, string name) =>
        owner.Maps("customProperties").FirstOrDefault(entry => entry["property"].Text() == Prefix + name)?["value"];

    private static void OfOwner(YamlMap owner, IReadOnlyDictionary<string, Shape> known, string where, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in owner.Maps("customProperties"))
        {
            if (entry["property"].Text() is not { } property || !property.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!seen.Add(property))
            {
                problems.Add(entry, $"Found {entry["property"]!.Shown} a second time in {where}.", "Keep one of them.");
            }
            else if (!property.StartsWith(Prefix, StringComparison.Ordinal) || !known.TryGetValue(property[Prefix.Length..], out var shape))
            {
                var expected = known.Count == 0 ? "none of ours there" : $"one of {string.Join(", ", known.Keys.Select(key => Prefix + key))}";
                problems.Add(entry["property"]!, $"Found {entry["property"]!.Shown} in {where}, expected {expected}.", "Correct the spelling, or move it to where it has a meaning; docs/contracts.md lists all.");
            }
            else if (entry["value"] is { } value)
            {
                shape.Check(value, $"'{property}'", problems);
            }
        }
    }

    private static void Below(YamlNode node, string[] except, ProblemList problems)
    {
        foreach (var entry in (node as YamlMap)?.Entries ?? [])
        {
            if (!except.Contains(entry.Key.Text, StringComparer.Ordinal))
            {
                Anywhere(entry.Value, problems);
            }
        }
    }

    private static void Anywhere(YamlNode node, ProblemList problems)
    {
        if (node is YamlMap map)
        {
            OfOwner(map, Nowhere, "this place", problems);
            Below(map, [], problems);
        }

        foreach (var item in node.Items())
        {
            Anywhere(item, problems);
        }
    }

    /// <summary><c>null</c> without quotes is YAML's null, and the more natural spelling.</summary>
    private sealed class ZeroDateShape : Shape
    {
        public override void Check(YamlNode node, string what, ProblemList problems)
        {
            if (node is not YamlScalar { Kind: ScalarKind.Null } && node.Text() is not ("null" or "reject"))
            {
                Wrong(node, what, "null or reject", problems);
            }
        }
    }
}
