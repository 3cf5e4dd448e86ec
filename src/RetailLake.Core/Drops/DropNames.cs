using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops;

/// <summary>Matches the sender's names against the contract. Names are hostile and so may be patterns: matching takes linear time.</summary>
public static partial class DropNames
{
    /// <summary>Of <see cref="DropSpec.NamePattern"/>, with <see cref="VersionOrigin.Name"/>.</summary>
    public const string VersionGroup = "version";

    /// <summary>As many as there are contracts.</summary>
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <returns>The match of the whole name; null when the contract does not want the name.</returns>
    public static Match? MatchOf(DropSpec spec, string name)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var match = Pattern(spec.NamePattern ?? "(?s:.*)").Match(name);
        return match.Success ? match : null;
    }

    /// <summary>Whether the pattern shows that all names have the same extension: then no two drops differ in nothing else.</summary>
    public static bool HaveOneExtension(DropSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.NamePattern is { } pattern && !pattern.Contains('|', StringComparison.Ordinal) && Extension().IsMatch(pattern);
    }

    /// <exception cref="ArgumentException">No regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking: a look-around, a back-reference, an atomic group.</exception>
    public static Regex Pattern(string pattern) =>
        Compiled.GetOrAdd(pattern, static pattern => new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    [GeneratedRegex(@"\\\.[A-Za-z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
