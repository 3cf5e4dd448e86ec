using System.Globalization;
using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Sources.Ftp;

/// <summary>Sizes, times and facts as RFC 3659 writes them.</summary>
internal static class FtpFacts
{
    private static readonly string[] TimeForms = ["yyyyMMddHHmmss", "yyyyMMddHHmmss.FFFFFFF"];

    /// <summary>A line of MLSD: <c>type=file;size=12;modify=20261121093000; name</c>.</summary>
    /// <returns>Null for lines of another form.</returns>
    public static ServerEntry? Entry(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || (blank > 0 && line[blank - 1] != ';'))
        {
            return null;
        }

        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var fact in line[..blank].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (fact.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                facts[fact[..equals]] = fact[(equals + 1)..];
            }
        }

        // Without a type it may be anything; its state is asked for.
        var isFile = facts.TryGetValue("type", out var type) ? type.Equals("file", StringComparison.OrdinalIgnoreCase) : true;
        var state = Size(facts.GetValueOrDefault("size")) is { } size && Time(facts.GetValueOrDefault("modify")) is { } time ? new FileState(size, time) : null;
        return new(new(line[(blank + 1)..]), isFile, state);
    }

    public static long? Size(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
