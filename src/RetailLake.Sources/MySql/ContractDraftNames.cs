using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;

namespace RetailLake.Sources.MySql;

/// <summary>What names suggest; a person reviews the guess.</summary>
internal static partial class ContractDraftNames
{
    /// <summary>A name of the source as a name of the lake.</summary>
    public static string NameOf(string source)
    {
        var name = new StringBuilder();
        foreach (var character in source.ToLowerInvariant())
        {
            name.Append(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_' ? character : '_');
        }

        var text = name.ToString();
        text = text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? text : "c_" + text.TrimStart('_');
        return text.Length <= 63 ? text : text[..63];
    }

    /// <summary>The column that says when a row last changed, if one looks like it.</summary>
    public static ContractDraftColumn? CursorOf(ContractDraftTable table, string zone)
    {
        var candidates = table.Columns.Where(column => column.IsTime && !(column.IsWallClock && ContractTypes.ChangesClocks(zone))).ToList();
        return candidates.FirstOrDefault(column => column.Extra.Contains("on update current_timestamp", StringComparison.Ordinal))
            ?? candidates.FirstOrDefault(column => Changed().IsMatch(column.Name));
    }

    public static ContractDraftColumn? SoftDeleteOf(ContractDraftTable table) =>
        table.Columns.FirstOrDefault(column => Deleted().IsMatch(column.Name) && ContractTypes.LogicalTypeOf(column.Type) is "boolean" or "integer" or "timestamp" or "date");

    /// <summary>Texts may hold anything, and some numbers and dates belong to a person.</summary>
    public static bool LooksPersonal(ContractDraftColumn column) =>
        Person().IsMatch(column.Name)
        || (ContractTypes.LogicalTypeOf(column.Type) == "string"
            && !column.Type.StartsWith("enum", StringComparison.Ordinal)
            && !column.Type.StartsWith("set", StringComparison.Ordinal)
            && !column.Type.StartsWith("decimal", StringComparison.Ordinal)
            && !column.Type.StartsWith("time", StringComparison.Ordinal));

    [GeneratedRegex(@"(^|_)(last_?)?(updated|update|modified|changed|modification)(_?(at|on|time|date|ts|timestamp))?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Changed();

    [GeneratedRegex(@"(^|_)(is_?)?deleted(_?(at|on|time|date|flag))?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Deleted();

    [GeneratedRegex(@"(^|_)(dob|birth\w*|phone\w*|mobile\w*|aadhaar|aadhar|pan|passport|gender|age|salary|income|latitude|longitude)(_|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Person();
}
