namespace RetailLake.Core.Contracts.Paths;

/// <summary>What is wrong with the paths of a feed of XML documents, all of it at once; an empty list means that the feed can be read.</summary>
public static class XmlFeedCheck
{
    public const int MostDepth = 1_000;

    public static IReadOnlyList<XmlPathProblem> Problems(DropSpec drop, IReadOnlyList<ContractTable> tables)
    {
        var problems = new List<XmlPathProblem>();
        if (drop.Xml is not { } layout)
        {
            return [new(null, null, "a feed of XML documents needs a layout with a unit")];
        }

        if (drop.Encoding != "utf-8")
        {
            problems.Add(new(null, null, $"encoding '{drop.Encoding}' is declared, but an XML document says its encoding itself; leave it out"));
        }

        if (drop.Records is not null)
        {
            problems.Add(new(null, null, "record types are declared, which XML documents do not have; leave them out"));
        }

        if (layout.MaxDepth is < 1 or > MostDepth)
        {
            problems.Add(new(null, null, $"maxDepth is {layout.MaxDepth}; it may be 1 to {MostDepth:N0}"));
        }

        if (!XmlPath.TryParseUnit(layout.Unit, out var unit, out var problem))
        {
            problems.Add(new(null, null, $"unit '{layout.Unit}' {problem}"));
            return problems;
        }

        foreach (var table in tables)
        {
            Check(table, unit, layout.MaxDepth, problems);
        }

        return problems;
    }

    private static void Check(ContractTable table, XmlPath unit, int maxDepth, List<XmlPathProblem> problems)
    {
        if (table.Record is null || !XmlPath.TryParseRecord(table.Record, out var records, out var problem))
        {
            problems.Add(new(table.Name, null, table.Record is not { } record
                ? "has no retaillake.record, the path of its rows' element from the root"
                : $"retaillake.record '{record}' {ProblemOf(record)}"));
            return;
        }

        foreach (var record in records)
        {
            if (record.Steps.Count < unit.Steps.Count || !record.Steps.Take(unit.Steps.Count).Select(step => step.Name).SequenceEqual(unit.Steps.Select(step => step.Name)))
            {
                problems.Add(new(table.Name, null, $"retaillake.record '{record}' does not lie in the unit '{unit}'"));
            }
            else if (record.Steps.Take(unit.Steps.Count - 1).Any(step => step.Conditions.Any(condition => !condition.OnAttribute)))
            {
                problems.Add(new(table.Name, null, $"retaillake.record '{record}' has a condition on a child above the unit, which is not known when the unit ends"));
            }
            else if (record.Steps.Count > maxDepth)
            {
                problems.Add(new(table.Name, null, $"retaillake.record '{record}' is deeper than maxDepth {maxDepth}"));
            }
        }

        foreach (var column in table.Columns)
        {
            if (column.From is { Scope: FieldScope.Parent or FieldScope.Header })
            {
                problems.Add(new(table.Name, column.Name, "names a header or parent record, which XML documents do not have; write the path, e.g. '../BusinessDayDate'"));
            }

            foreach (var path in PathsOf(column))
            {
                if (Problem(path, records, unit) is { } found)
                {
                    problems.Add(new(table.Name, column.Name, $"'{path}' {found}"));
                }
            }
        }
    }

    /// <summary>The alternatives of a column; without a source its name there is the path.</summary>
    public static IReadOnlyList<string> PathsOf(ContractColumn column) => column.From switch
    {
        null => [column.SourceName],
        { Scope: FieldScope.Record, Paths: { } paths } => paths,
        { Scope: FieldScope.Record, Name: { } name } => [name],
        _ => [],
    };

    private static string? Problem(string text, IReadOnlyList<XmlPath> records, XmlPath unit)
    {
        if (!XmlPath.TryParse(text, out var path, out var problem))
        {
            return problem;
        }

        if (records.All(record => path.UpFrom(record) is null))
        {
            return path.Ancestor is null ? "goes above the root" : "names an element that the record's path does not lead through";
        }

        foreach (var record in records)
        {
            var depth = record.Steps.Count - path.UpFrom(record);
            if (depth is not { } above || above >= unit.Steps.Count)
            {
                continue;
            }

            if (path.Attribute is null && path.Steps.Count == 0)
            {
                return "is the text of an element around the unit, which is not known when the unit ends";
            }

            if (path.Steps.Count > 0 && path.Steps[0].Name == unit.Steps[above].Name)
            {
                return "leads from above the unit towards units again; a row sees its own unit and what stands before and around it";
            }
        }

        return null;
    }

    private static string ProblemOf(string record) => XmlPath.TryParseRecord(record, out _, out var problem) ? "" : problem;
}

/// <param name="Table">Null: the feed's layout.</param>
/// <param name="Column">Null: the table's record.</param>
public sealed record XmlPathProblem(string? Table, string? Column, string Problem);
