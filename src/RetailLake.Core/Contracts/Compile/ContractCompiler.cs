using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Compile.Drops;
using RetailLake.Core.Contracts.Compile.Streams;
using RetailLake.Core.Contracts.Odcs;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>A document to a contract: the standard's form first, then what it means here. Everything wrong is said at once.</summary>
internal static partial class ContractCompiler
{
    /// <summary>An execution is named after the feed, and Step Functions allows 80 characters with the time behind it.</summary>
    private const int LongestFeed = 48;

    private static readonly string[] ReservedSources = ["ops", "mart", "marts", "conformed", "public", "main", "temp", "catalog_history", "information_schema"];

    /// <param name="source">The folder that the file lies in.</param>
    /// <param name="feed">The file's name before <c>.odcs.yaml</c>.</param>
    public static Contract? Compile(YamlNode document, string source, string feed, string sha256, ProblemList problems)
    {
        OdcsDocument.Shape.Check(document, "the document", problems);
        if (document is not YamlMap root)
        {
            return null;
        }

        OwnProperties.Check(root, problems);
        Unsupported.Check(root, problems);
        Identity(root, source, feed, problems);
        var syntax = SyntaxOf(root);
        var server = ServerCompiler.Compile(root, source, problems);
        var tables = root.Maps("schema").Select(table => TableCompiler.Compile(table, syntax, problems)).OfType<DeclaredTable>().ToList();
        if (root["schema"] is null or YamlList { Items.Count: 0 })
        {
            problems.Add(root, "Found no tables, expected at least one under 'schema'.", "Add 'schema:' with the feed's tables, the parent first.");
        }
        else if (tables.Count > 0)
        {
            ParentKeys.Check(tables, problems);
        }

        var kind = SourceKind.Of(root);
        var drop = kind == SourceKind.Files ? DropCompiler.Compile(root, tables, problems) : null;
        var stream = kind == SourceKind.Topic ? StreamCompiler.Compile(root, tables, problems) : null;
        kind.RefuseForeign(root, tables, problems);
        var extract = kind == SourceKind.Database ? ExtractCompiler.Compile(root, tables, problems) : new ExtractSpec { Mode = ExtractMode.Window };
        var manthan = ManthanCompiler.Compile(root, tables, problems);
        var freshness = FreshnessCompiler.Compile(root, problems);
        return problems.Count > 0 || server is null || extract is null || (kind == SourceKind.Files && drop is null) || (kind == SourceKind.Topic && stream is null) ? null : new()
        {
            Id = $"{source}.{feed}",
            Source = source,
            Feed = feed,
            Version = root["version"].Text()!,
            Sha256 = sha256,
            Description = root["description"].Text("purpose"),
            Server = server,
            Extract = extract,
            Tables = [.. tables.Select(table => table.Table)],
            RejectBudgetPercent = root.Own("rejectBudgetPercent").Number() ?? (kind == SourceKind.Topic ? 100m : 5m),
            RejectBudgetRows = (int)(root.Own("rejectBudgetRows").Number() ?? 0m),
            FreshnessHours = freshness,
            Manthan = manthan,
            Drop = drop,
            Stream = stream,
        };
    }

    /// <summary>Fields are written as the format has them. Without a format nothing can be said of them yet.</summary>
    private static FieldSyntax SyntaxOf(YamlMap root) => SourceKind.Of(root) == SourceKind.Topic
        ? FieldSyntax.Json
        : Enum.TryParse<DropFormat>((root.Own("drop") as YamlMap)?["format"].Text(), ignoreCase: true, out var format) ? FieldGrammar.Of(format) : FieldSyntax.None;

    private static void Identity(YamlMap root, string source, string feed, ProblemList problems)
    {
        foreach (var part in new[] { source, feed }.Where(part => !Names.IsName(part)))
        {
            problems.Add(1, 1, $"Found '{Printable.Of(part)}' in the file's path, expected {Names.Words}.", "Rename the folder or the file: contracts/<source>/<feed>.odcs.yaml.");
        }

        if (ReservedSources.Contains(source, StringComparer.Ordinal) || source.StartsWith("pg_", StringComparison.Ordinal))
        {
            problems.Add(1, 1, $"Found the source '{source}', which is a schema of the warehouse itself.", "Choose another name for the folder.");
        }

        if (feed.Length > LongestFeed)
        {
            problems.Add(1, 1, $"Found a feed name of {feed.Length} characters, expected at most {LongestFeed}.", "Rename the file.");
        }

        if (root["id"].Text() is { } id && id != $"{source}.{feed}")
        {
            problems.Add(root["id"]!, $"Found id {root["id"]!.Shown}, expected '{Printable.Of(source)}.{Printable.Of(feed)}' from the file's path.", "Correct the id, or move the file to contracts/<source>/<feed>.odcs.yaml.");
        }

        if (root["version"].Text() is { } version && !Version().IsMatch(version))
        {
            problems.Add(root["version"]!, $"Found version {root["version"]!.Shown}, expected one like 1.2.0.", "Correct it.");
        }
    }

    [GeneratedRegex(@"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}([-+][0-9A-Za-z.-]{1,20})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
