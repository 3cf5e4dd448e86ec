namespace RetailLake.Core.Contracts.Paths;

/// <summary>What is wrong with the paths of a feed of JSON records, all of it at once; an empty list means that the feed can be read.</summary>
public static class JsonFeedCheck
{
    public static IReadOnlyList<JsonPathProblem> Problems(StreamSpec stream, IReadOnlyList<ContractTable> tables)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tables);
        var problems = new List<JsonPathProblem>();
        var records = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < tables.Count; index++)
        {
            var table = tables[index];
            JsonPath? record = null;
            if (stream.Topic is not null && index > 0)
            {
                record = Record(table, problems);
                if (record is not null && !records.Add(table.Record!))
                {
                    problems.Add(new(table.Name, null, $"the array '{table.Record}', whose elements are rows of another table already"));
                }
            }

            foreach (var column in table.Columns)
            {
                problems.AddRange(PathsOf(column).Select(path => (path, problem: Problem(path, record))).Where(found => found.problem is not null)
                    .Select(found => new JsonPathProblem(table.Name, column.Name, $"the path '{found.path}', which {found.problem}")));
            }
        }

        return problems;
    }

    /// <summary>The alternatives of a column; without a source its name there is the path. Empty for what is no part of the value.</summary>
    public static IReadOnlyList<string> PathsOf(ContractColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.From switch
        {
            null => [column.SourceName],
            { Scope: FieldScope.Record, Paths: { } paths } => paths,
            _ => [],
        };
    }

    private static JsonPath? Record(ContractTable table, List<JsonPathProblem> problems)
    {
        if (table.Record is not { } text)
        {
            problems.Add(new(table.Name, null, "no 'retaillake.record', the array that the rows are the elements of, e.g. 'lines[]',"));
            return null;
        }

        if (JsonPath.TryParse(text, out var path, out var problem) && !path.IsFromRoot && path.Steps[^1].IsArray)
        {
            return path;
        }

        problems.Add(new(table.Name, null, $"the record '{text}', which {(problem.Length > 0 ? problem : path.IsFromRoot ? "begins at the root in any case and has no '/' in front" : "is no array: it ends with []")}"));
        return null;
    }

    private static string? Problem(string text, JsonPath? record)
    {
        if (!JsonPath.TryParse(text, out var path, out var problem))
        {
            return problem;
        }

        var arrays = path.ArraySteps;
        return arrays == 0 ? null
            : !path.IsFromRoot ? "leads into an array, and a row has one value"
            : record is not null && arrays < path.Steps.Count && arrays <= record.Steps.Count && path.Steps.Take(arrays).SequenceEqual(record.Steps.Take(arrays)) ? null
            : "leads into an array that the row is no element of";
    }
}

public sealed record JsonPathProblem(string Table, string? Column, string Problem);
