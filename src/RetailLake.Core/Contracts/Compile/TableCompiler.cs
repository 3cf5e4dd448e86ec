using RetailLake.Core.Contracts.Compile.Drops;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>One entry of <c>schema</c>.</summary>
internal static class TableCompiler
{
    /// <summary>Redshift's limit for a table.</summary>
    private const int MaxColumns = 1_600;

    /// <summary>Redshift's limit for a row that COPY loads.</summary>
    private const long MaxRowBytes = 4L * 1024 * 1024;

    public static DeclaredTable? Compile(YamlMap at, FieldSyntax syntax, ProblemList problems)
    {
        var name = Names.Of(at, "a table", problems);
        if (at["physicalType"].Text() is { } physical && !physical.Equals(OwnType(syntax), StringComparison.OrdinalIgnoreCase) && !physical.Equals("table", StringComparison.OrdinalIgnoreCase) && !physical.Equals("view", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(at["physicalType"]!, $"Found the physicalType {at["physicalType"]!.Shown} of a table, expected table or view{(syntax == FieldSyntax.None ? "" : $", or {OwnType(syntax)}")}.", "Correct it.");
        }

        var columns = at.Maps("properties").Select(column => ColumnCompiler.Compile(column, syntax, problems)).OfType<DeclaredColumn>().ToList();
        Counts(at, name ?? "?", columns, problems);
        if (name is null || columns.Count == 0)
        {
            return null;
        }

        var compiled = new ContractTable
        {
            Name = name,
            SourceName = Names.SourceOf(at, name, $"table '{name}'", problems),
            Columns = [.. columns.Select(column => column.Column)],
            Key = TableKey.Compile(at, name, columns, problems),
            ParentKey = ColumnNames(at.Own("parentKey"), "parentKey", columns, problems),
            CursorColumn = Only(columns.Where(column => column.IsCursor), "cursor", problems),
            SoftDeleteColumn = Only(columns.Where(column => column.IsSoftDelete), "softDelete", problems),
            DistKey = ColumnNames(at.Own("distKey"), "distKey", columns, problems).FirstOrDefault(),
            SortKey = ColumnNames(at.Own("sortKey"), "sortKey", columns, problems),
            Record = at.Own("record").Text(),
            Complete = (at.Own("complete") as YamlMap)?.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value.Text() ?? "", StringComparer.Ordinal) ?? [],
            Rules =
            [
                .. AggregateRules.Compile(at, null, problems),
                .. columns.SelectMany(column => AggregateRules.Compile(column.At, column.Column.Name, problems)),
            ],
        };
        Comparisons.Check(columns, problems);
        return new(at, compiled, columns);
    }

    /// <summary>What a table is called that is none: the rows of a file, or the records of a topic.</summary>
    private static string OwnType(FieldSyntax syntax) => syntax switch { FieldSyntax.None => "table", FieldSyntax.Json => "topic", _ => "file" };

    private static void Counts(YamlMap at, string table, List<DeclaredColumn> columns, ProblemList problems)
    {
        if (at["properties"] is null or YamlList { Items.Count: 0 } || columns.Count > MaxColumns)
        {
            problems.Add(at, $"Found {columns.Count} columns in table '{table}', expected 1 to {MaxColumns}.", "List them under 'properties'.");
        }

        // MySQL's column names differ by more than case.
        foreach (var column in columns.Where((column, index) => columns.Take(index).Any(earlier =>
            earlier.Column.Name == column.Column.Name || earlier.Column.SourceName.Equals(column.Column.SourceName, StringComparison.OrdinalIgnoreCase))))
        {
            problems.Add(column.At, $"Found the column '{column.Column.Name}' of table '{table}' a second time, by its name or its physicalName.", "Keep one of them.");
        }

        var bytes = columns.Sum(column => column.Column.Personal ? ColumnType.TokenBytes : column.Column.Type switch
        {
            { Kind: ColumnKind.Binary, MaxBytes: var most } => 2L * most,
            { MaxBytes: > 0 and var most } => most,
            _ => 16,
        });
        if (bytes > MaxRowBytes)
        {
            problems.Add(at, $"Found rows of up to {bytes} bytes in table '{table}', expected at most {MaxRowBytes}, which is what COPY takes.", "Declare shorter texts with 'logicalTypeOptions.maxLength', or leave columns out.");
        }
    }

    private static string? Only(IEnumerable<DeclaredColumn> columns, string own, ProblemList problems)
    {
        var found = columns.ToList();
        foreach (var extra in found.Skip(1))
        {
            problems.Add(extra.PlaceOf(own), $"Found 'retaillake.{own}' on '{extra.Column.Name}', the table has one on '{found[0].Column.Name}' already.", "Keep one of them.");
        }

        return found.FirstOrDefault()?.Column.Name;
    }

    /// <summary>One name or a list of names, all columns of the table.</summary>
    private static List<string> ColumnNames(YamlNode? value, string own, List<DeclaredColumn> columns, ProblemList problems)
    {
        var names = new List<string>();
        foreach (var node in value is YamlList ? value.Items() : value is null ? [] : [value])
        {
            if (node.Text() is not { } text)
            {
                continue;
            }

            if (columns.All(column => column.Column.Name != text) || names.Contains(text))
            {
                problems.Add(node, $"Found {node.Shown} in 'retaillake.{own}', expected the name of a column of this table, once.", "Correct the spelling.");
            }

            names.Add(text);
        }

        return names;
    }
}
