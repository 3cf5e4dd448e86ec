using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>The primary key, in the order of <c>primaryKeyPosition</c>.</summary>
internal static class TableKey
{
    public static IReadOnlyList<string> Compile(YamlMap at, string table, List<DeclaredColumn> columns, ProblemList problems)
    {
        var key = columns.Where(column => column.IsKey).ToList();
        if (key.Count == 0)
        {
            problems.Add(at, $"Found no primary key in table '{table}', expected one: deduplication, deletes and the warehouse rest on it.", "Mark its columns with 'primaryKey: true' and 'primaryKeyPosition: 1', 2, …; a source without one needs a view that has one.");
            return [];
        }

        var positions = key.Select(column => column.At["primaryKeyPosition"].Integer()).ToList();
        if (key.Count > 1 && !positions.Order().SequenceEqual(Enumerable.Range(1, key.Count).Select(position => (long?)position)))
        {
            problems.Add(key[0].At, $"Found the primary key positions {string.Join(", ", positions.Select(position => position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"))} in table '{table}', expected 1 to {key.Count}.", "Number them with 'primaryKeyPosition' as the source's index has them.");
        }

        foreach (var column in key.Where(column => column.Column.Type.Kind is ColumnKind.Double or ColumnKind.Json))
        {
            problems.Add(column.At, $"Found the key column '{column.Column.Name}' of type {column.Column.Type.SourceType}, expected a type whose equal values look equal.", "Take another key.");
        }

        foreach (var column in columns.Where(column => !column.IsKey && column.At["primaryKeyPosition"] is { } position && position.Integer() != -1))
        {
            problems.Add(column.At["primaryKeyPosition"]!, $"Found 'primaryKeyPosition' on '{column.Column.Name}', which is no key column.", "Add 'primaryKey: true', or remove it.");
        }

        return [.. key.OrderBy(column => column.At["primaryKeyPosition"].Integer() ?? 0).Select(column => column.Column.Name)];
    }
}
