using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary><c>retaillake.layout</c>, whose keys differ by format.</summary>
internal static class LayoutCompiler
{
    private static readonly Dictionary<DropFormat, string[]> Keys = new()
    {
        [DropFormat.Delimited] = ["delimiter", "quote", "header", "skipLines", "substituteEof"],
        [DropFormat.Fixed] = ["unit", "recordLength", "skipLines", "substituteEof"],
        [DropFormat.Xml] = ["unit", "namespaces", "maxDepth"],
    };

    public static DropSpec Compile(YamlMap root, DropSpec spec, ProblemList problems)
    {
        var layout = root.Own("layout") as YamlMap;
        foreach (var (key, _) in layout?.Entries ?? [])
        {
            if (!Keys[spec.Format].Contains(key.Text, StringComparer.Ordinal))
            {
                problems.Add(key, $"Found the key {key.Shown} in the layout of a {Words(spec.Format)} file, expected one of {string.Join(", ", Keys[spec.Format])}.", "Correct the spelling, or the format in 'retaillake.drop'.");
            }
        }

        return spec.Format switch
        {
            DropFormat.Delimited => spec with { Delimited = Delimited(layout, problems) },
            DropFormat.Fixed => spec with { Fixed = Fixed(layout, spec, problems) },
            _ => spec with { Xml = Xml(root, layout, spec, problems) },
        };
    }

    private static string Words(DropFormat format) => format switch { DropFormat.Delimited => "delimited", DropFormat.Fixed => "fixed-width", _ => "XML" };

    private static DelimitedLayout Delimited(YamlMap? layout, ProblemList problems)
    {
        var delimiter = layout?["delimiter"].Text() ?? ",";
        char? quote = layout?["quote"].Text() switch { "none" => null, "'" => '\'', _ => '"' };
        if (delimiter.Length is 0 or > 16 || delimiter.IndexOfAny(['\r', '\n', '\0']) >= 0 || (quote is { } mark && delimiter.Contains(mark, StringComparison.Ordinal)) || !System.Text.Ascii.IsValid(delimiter))
        {
            problems.Add(layout!["delimiter"]!, $"Found the delimiter {layout["delimiter"]!.Shown}, expected 1 to 16 ASCII characters without line ends and without the quote.", "Correct it; a tab is written \"\\t\".");
        }

        return new(delimiter, quote, layout?["header"].Boolean() ?? true, (int)(layout?["skipLines"].Integer() ?? 0), layout?["substituteEof"].Boolean() == true);
    }

    private static FixedLayout Fixed(YamlMap? layout, DropSpec spec, ProblemList problems)
    {
        var unit = layout?["unit"].Text() ?? "characters";
        if (unit is not ("characters" or "bytes"))
        {
            problems.Add(layout!["unit"]!, $"Found the unit {layout["unit"]!.Shown}, expected characters or bytes.", "Correct it.");
        }

        if (unit == "bytes" && spec.Encoding.StartsWith("utf-16", StringComparison.Ordinal))
        {
            problems.Add(layout!["unit"]!, $"Found 'unit: bytes' with encoding {spec.Encoding}, expected characters.", "Write 'unit: characters'.");
        }

        return new(unit == "bytes" ? FixedUnit.Bytes : FixedUnit.Characters, (int)(layout?["recordLength"].Integer() ?? 0), (int)(layout?["skipLines"].Integer() ?? 0), layout?["substituteEof"].Boolean() == true);
    }

    private static XmlLayout? Xml(YamlMap root, YamlMap? layout, DropSpec spec, ProblemList problems)
    {
        if (spec.Encoding != "utf-8")
        {
            problems.Add(root.Own("drop")!, $"Found encoding {spec.Encoding} for XML, expected none: a document says its own.", "Remove 'encoding'.");
        }

        if (layout?["unit"].Text() is not { } unit)
        {
            problems.Add(layout ?? root, "Found no 'unit' in the layout of an XML file, expected the path of the element that is published or rejected whole.", "Add 'retaillake.layout' with e.g. 'unit: POSLog/Transaction'.");
            return null;
        }

        return new(unit, [.. layout.Items("namespaces").Select(node => node.Text()).OfType<string>()], (int)(layout["maxDepth"].Integer() ?? 64));
    }
}
