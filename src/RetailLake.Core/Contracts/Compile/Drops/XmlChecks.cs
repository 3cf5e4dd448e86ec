using RetailLake.Core.Contracts.Paths;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>The paths of units, records and fields of XML documents, each at its place in the file.</summary>
internal static class XmlChecks
{
    /// <summary>A path and what is wrong with it.</summary>
    private const int LongestProblem = 300;

    public static void Check(YamlMap root, DropSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        // Without a layout, and with an encoding, it has been said already.
        if (spec is not { Format: DropFormat.Xml, Xml: not null })
        {
            return;
        }

        foreach (var found in XmlFeedCheck.Problems(spec with { Encoding = "utf-8" }, [.. tables.Select(table => table.Table)]))
        {
            var table = tables.FirstOrDefault(table => table.Table.Name == found.Table);
            var at = table is null ? root.Own("layout") ?? root
                : found.Column is null ? table.At.Own("record") ?? table.At
                : table.Columns.First(column => column.Column.Name == found.Column).PlaceOf("from");
            var where = found.Column is not null ? $"on '{found.Column}'" : table is null ? "in the layout" : $"in table '{found.Table}'";
            problems.Add(at, $"Found {Printable.Of(found.Problem, LongestProblem)} {where}.", "Correct the path; docs/contracts.md shows the forms.");
        }
    }
}
