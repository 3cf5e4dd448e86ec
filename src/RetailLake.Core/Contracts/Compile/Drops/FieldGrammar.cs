using System.Globalization;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>The text of <c>retaillake.from</c>, as <see cref="FieldSource"/> describes it.</summary>
internal static partial class FieldGrammar
{
    private const int MostPosition = 1_000_000;
    private const string OrOfDrop = ", or one of $row, $unit, $index, $name, $name.<group>, $record";

    /// <returns>Null after saying what is wrong.</returns>
    public static FieldSource? Parse(YamlNode? node, FieldSyntax syntax, ProblemList problems)
    {
        var text = node.Text() ?? node.Integer()?.ToString(CultureInfo.InvariantCulture);
        if (node is null || text is null)
        {
            return null;
        }

        var source = Parse(text, syntax);
        if (source is null)
        {
            problems.Add(node, $"Found {node.Shown} for a field's place, expected {Expected(syntax)}.", "Correct it; docs/contracts.md shows the forms.");
        }

        return source;
    }

    public static FieldSyntax Of(DropFormat format) => format switch { DropFormat.Delimited => FieldSyntax.Delimited, DropFormat.Fixed => FieldSyntax.Fixed, _ => FieldSyntax.Xml };

    public static FieldSource? Parse(string text, FieldSyntax syntax)
    {
        if (text.StartsWith('$'))
        {
            return syntax == FieldSyntax.Json ? OfRecord(text) : OfDrop(text);
        }

        var (scope, rest) = text switch
        {
            _ when syntax is FieldSyntax.Xml or FieldSyntax.Json => (FieldScope.Record, text),
            _ when text.StartsWith("parent:", StringComparison.Ordinal) => (FieldScope.Parent, text["parent:".Length..]),
            _ when text.StartsWith("header:", StringComparison.Ordinal) => (FieldScope.Header, text["header:".Length..]),
            _ => (FieldScope.Record, text),
        };
        return syntax switch
        {
            FieldSyntax.Fixed => Fixed(scope, rest),
            FieldSyntax.Xml or FieldSyntax.Json => Paths(rest),
            _ => Delimited(scope, rest),
        };
    }

    private static string Expected(FieldSyntax syntax) => syntax switch
    {
        FieldSyntax.Json => "a path of member names like total/net or /bill_no, alternatives with ' | ', or one of $index, $key, $topic, $partition, $offset, $timestamp",
        FieldSyntax.Fixed => $"a range like 11-20, 1-based, both ends inclusive{OrOfDrop}",
        FieldSyntax.Xml => $"a path like Sale/ItemID, @VoidFlag or ../BusinessDayDate, alternatives with ' | '{OrOfDrop}",
        _ => $"a header name or a 1-based position{OrOfDrop}",
    };

    /// <summary>Row and unit are numbers of a segment, and records may come in another one the next time.</summary>
    private static FieldSource? OfRecord(string text) => text switch
    {
        "$index" => new(FieldScope.IndexInUnit),
        "$key" => new(FieldScope.RecordKey),
        "$topic" => new(FieldScope.Topic),
        "$partition" => new(FieldScope.Partition),
        "$offset" => new(FieldScope.Offset),
        "$timestamp" => new(FieldScope.Timestamp),
        _ => null,
    };

    private static FieldSource? OfDrop(string text) => text switch
    {
        "$row" => new(FieldScope.RowNumber),
        "$unit" => new(FieldScope.UnitNumber),
        "$index" => new(FieldScope.IndexInUnit),
        "$name" => new(FieldScope.FileName),
        "$record" => new(FieldScope.RecordType),
        _ when Group().Match(text) is { Success: true } match => new(FieldScope.FileName, match.Groups[1].Value),
        _ => null,
    };

    private static FieldSource? Delimited(FieldScope scope, string text) =>
        Position().IsMatch(text) ? int.Parse(text, CultureInfo.InvariantCulture) is var position and <= MostPosition ? new(scope, Position: position) : null
        : scope == FieldScope.Record && text.Length is > 0 and <= 256 && !text.Any(char.IsControl) ? new(scope, Name: text)
        : null;

    private static FieldSource? Fixed(FieldScope scope, string text)
    {
        if (Range().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var first = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var last = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : first;
        return last < first || last > MostPosition ? null : new(scope, Position: first, Length: last - first + 1);
    }

    private static FieldSource? Paths(string text)
    {
        var paths = text.Split('|', StringSplitOptions.TrimEntries);
        return paths.All(path => path.Length is > 0 and <= 512 && !path.Any(char.IsControl)) ? new(FieldScope.Record, Paths: paths) : null;
    }

    [GeneratedRegex(@"^\$name\.([A-Za-z][A-Za-z0-9_]{0,62})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"^[1-9][0-9]{0,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Position();

    [GeneratedRegex(@"^([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
