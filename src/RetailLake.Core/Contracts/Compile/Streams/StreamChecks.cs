using RetailLake.Core.Contracts.Paths;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Streams;

/// <summary>What the properties of a topic's feed demand of its columns and of each other.</summary>
internal static class StreamChecks
{
    private static readonly string[] OfJson = ["key", "eventTime"];
    private static readonly string[] OfDebezium = ["decimals", "times", "binary"];

    public static void Check(YamlMap stream, StreamSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        foreach (var key in (spec.Format == StreamFormat.Json ? OfDebezium : OfJson).Where(key => stream[key] is not null))
        {
            problems.Add(stream.Entry(key)!.Key, $"Found '{key}' with 'format: {stream["format"].Text()}', where it has no effect.", "Remove it, or correct the format.");
        }

        var parent = tables[0];
        foreach (var table in spec.Topic is null ? tables : tables.Take(1))
        {
            Version(stream, spec, table, problems);
        }

        Column(stream["eventTime"], parent, [ColumnKind.Timestamp], mustBeRequired: false, problems);
        Key(stream, spec, parent, problems);
        Complete(tables, problems);
        if (spec.Format == StreamFormat.Json)
        {
            Paths(spec, tables, problems);
        }
    }

    /// <summary>Every record needs its version, so with a topic for each table every table needs the column.</summary>
    private static void Version(YamlMap stream, StreamSpec spec, DeclaredTable table, ProblemList problems)
    {
        if (spec.Version == StreamVersion.Column && spec.Format == StreamFormat.Json)
        {
            Column(stream["version"], table, [ColumnKind.Int32, ColumnKind.Int64, ColumnKind.Timestamp], mustBeRequired: true, problems);
        }
        else if (table.Table.ParentKey.Count == 0 && spec.Version == (spec.Format == StreamFormat.Json ? StreamVersion.Position : StreamVersion.Column))
        {
            problems.Add(stream["version"]!, $"Found {stream["version"]!.Shown} for the version of {(spec.Format == StreamFormat.Json ? "JSON records, expected offset or a column of the first table" : "change events, expected position or offset")}.", "Correct it; docs/contracts.md says what each means.");
        }
    }

    /// <summary>A tombstone has a key and no revision: only its offset says where it stands in order.</summary>
    private static void Key(YamlMap stream, StreamSpec spec, DeclaredTable parent, ProblemList problems)
    {
        if (spec.Key.Count == 0)
        {
            return;
        }

        if (!spec.Key.Order(StringComparer.Ordinal).SequenceEqual(parent.Table.Key.Order(StringComparer.Ordinal)))
        {
            problems.Add(stream["key"]!, $"Found 'key' with other columns than the key of '{parent.Table.Name}', expected {string.Join(", ", parent.Table.Key)}: a tombstone deletes the row of a key.", "List the table's key columns.");
        }

        if (spec.Version == StreamVersion.Column)
        {
            problems.Add(stream["key"]!, "Found 'key' with a column as version, expected 'version: offset': a tombstone deletes, and holds no version to say after which rows.", "Remove 'key' and have the producer write a flag, or write 'version: offset'.");
        }
    }

    private static void Complete(IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        foreach (var table in tables.Skip(1).Where(table => table.At.Own("complete") is not null))
        {
            problems.Add(table.At.Own("complete")!, $"Found 'retaillake.complete' on '{table.Table.Name}', expected it on the first table, which is the parent.", "Move it there.");
        }

        if (tables[0].At.Own("complete") is not YamlMap complete)
        {
            return;
        }

        foreach (var (child, column) in complete.Entries)
        {
            if (tables.Skip(1).All(table => table.Table.Name != child.Text))
            {
                problems.Add(child, $"Found {child.Shown} in 'retaillake.complete', expected the name of a child table.", "Correct the spelling.");
            }

            Column(column, tables[0], [ColumnKind.Int32, ColumnKind.Int64], mustBeRequired: true, problems);
        }
    }

    private static void Column(YamlNode? node, DeclaredTable table, ColumnKind[] kinds, bool mustBeRequired, ProblemList problems)
    {
        if (node.Text() is { } name && !(table.Column(name) is { Personal: false } column && kinds.Contains(column.Type.Kind) && (column.Required || !mustBeRequired)))
        {
            problems.Add(node!, $"Found {node!.Shown}, expected a {(mustBeRequired ? "required " : "")}column of '{table.Table.Name}' of kind {string.Join(" or ", kinds)} that is not personal.", "Name such a column.");
        }
    }

    private static void Paths(StreamSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        foreach (var found in JsonFeedCheck.Problems(spec, [.. tables.Select(table => table.Table)]))
        {
            var table = tables.First(table => table.Table.Name == found.Table);
            var at = found.Column is null ? table.At.Own("record") ?? table.At : table.Columns.First(column => column.Column.Name == found.Column).PlaceOf("from");
            problems.Add(at, $"Found {Printable.Of(found.Problem, 300)} on '{found.Column ?? found.Table}'.", "Correct the path; docs/contracts.md shows the forms.");
        }
    }
}
