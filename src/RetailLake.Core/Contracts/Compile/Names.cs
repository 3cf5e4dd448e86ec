using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>What may be an identifier. SQL quotes them as well; this is the first of two locks.</summary>
internal static partial class Names
{
    public const string Words = "lower-case letters, digits and '_', the first a letter, at most 63";
    public const string SourceWords = "letters, digits, '_' and '$', at most 64";

    /// <summary>What the load adds to every warehouse table.</summary>
    private static readonly string[] Reserved = ["_run", "_loaded_at", "_file", "_drop", "_version", "_change", "_event_at"];

    public static bool IsName(string text) => Name().IsMatch(text);

    public static bool IsSourceName(string text) => SourceName().IsMatch(text);

    /// <summary>The node's name in the lake, or null after saying what is wrong with it.</summary>
    public static string? Of(YamlMap map, string what, ProblemList problems)
    {
        if (map["name"].Text() is not { } name)
        {
            return null;
        }

        if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(map["name"]!, $"Found {what} '{name}', which the load itself adds to every table.", "Give it another name and the source's in 'physicalName'.");
            return null;
        }

        if (!IsName(name))
        {
            problems.Add(map["name"]!, $"Found {map["name"]!.Shown} for the name of {what}, expected {Words}.", "Choose such a name, and put the source's own in 'physicalName'.");
            return null;
        }

        return name;
    }

    /// <summary>The node's name in the source: <c>physicalName</c>, else its name.</summary>
    public static string SourceOf(YamlMap map, string name, string what, ProblemList problems)
    {
        if (map["physicalName"].Text() is not { } physical)
        {
            return name;
        }

        if (!IsSourceName(physical))
        {
            problems.Add(map["physicalName"]!, $"Found {map["physicalName"]!.Shown} for the source's name of {what}, expected {SourceWords}.", "Have the source offer a view with such names.");
        }

        return physical;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9_$]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SourceName();
}
