using RetailLake.Core.Contracts.Compile.Streams;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>What a contract's server is, and which of our properties therefore have no effect in it.</summary>
internal sealed record SourceKind(string Words, IReadOnlyList<string> Foreign, string Remedy)
{
    public static readonly SourceKind Database = new("a database", ["drop", "layout", "records", "stream"], "Remove it, or correct servers[].type.");

    public static readonly SourceKind Files = new("files", ["extract", "stream"], "Remove it, or correct servers[].type; how drops replace each other is said by 'retaillake.drop'.");

    public static readonly SourceKind Topic = new("a topic", ["extract", "drop", "layout", "records"], "Remove it, or correct servers[].type.");

    public static SourceKind Of(YamlMap root) => root.Maps("servers").Select(server => server["type"].Text()).FirstOrDefault(type => type is not (null or "mysql")) switch
    {
        null => Database,
        StreamCompiler.ServerType => Topic,
        _ => Files,
    };

    public void RefuseForeign(YamlMap root, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        foreach (var own in Foreign.Where(own => root.Own(own) is not null))
        {
            problems.Add(root.Own(own)!, $"Found 'retaillake.{own}' in a contract of {Words}, where it has no effect.", Remedy);
        }

        foreach (var column in this == Database ? [] : tables.SelectMany(table => table.Columns).Where(column => column.IsCursor || column.IsSoftDelete))
        {
            var own = column.IsCursor ? "cursor" : "softDelete";
            problems.Add(column.PlaceOf(own), $"Found 'retaillake.{own}' on '{column.Column.Name}' in a contract of {Words}, where it has no effect.", "Remove it.");
        }

        foreach (var column in TakesPlaces(root) ? [] : tables.SelectMany(table => table.Columns).Where(column => column.Column.From is not null || column.Column.Format is not null))
        {
            problems.Add(column.At, $"Found a field's place or format on '{column.Column.Name}' in a contract of {(this == Topic ? "change events" : Words)}, where it has no effect.", "Remove 'retaillake.from' and 'retaillake.format'; the source's name is 'physicalName'.");
        }

        foreach (var table in this == Topic ? [] : tables.Where(table => table.At.Own("complete") is not null))
        {
            problems.Add(table.At.Own("complete")!, $"Found 'retaillake.complete' in a contract of {Words}, where it has no effect.", "Remove it.");
        }
    }

    /// <summary>Change events have the source's columns by name, as a database has.</summary>
    private bool TakesPlaces(YamlMap root) => this == Files || (this == Topic && (root.Own("stream") as YamlMap)?["format"].Text() != "debezium");
}
