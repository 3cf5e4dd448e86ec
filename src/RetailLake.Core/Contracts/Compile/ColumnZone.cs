using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>
/// MySQL keeps <c>timestamp</c> in UTC and <c>datetime</c> as somebody's wall clock; only the contract can say whose.
/// </summary>
internal static partial class ColumnZone
{
    private static readonly string[] Utc = ["Etc/UTC", "UTC"];

    public static ColumnType Apply(ColumnType type, YamlMap at, string name, ProblemList problems)
    {
        if (type.Kind != ColumnKind.Timestamp)
        {
            return type;
        }

        var options = at["logicalTypeOptions"];
        var isUtc = type.SourceType.StartsWith("timestamp", StringComparison.Ordinal);
        if (options.Boolean("timezone") is { } timezone && timezone != isUtc)
        {
            problems.Add((options as YamlMap)!["timezone"]!, $"Found 'timezone: {(timezone ? "true" : "false")}' on the {(isUtc ? "timestamp" : "datetime")} '{name}', expected {(isUtc ? "true: MySQL keeps it in UTC" : "false: it holds a wall clock")}.", "Correct or remove it.");
        }

        var zone = options.Text("defaultTimezone");
        if (zone is null)
        {
            if (!isUtc)
            {
                problems.Add(at, $"Found the datetime '{name}' without a time zone, expected 'logicalTypeOptions.defaultTimezone'.", "Add the zone of the source's wall clock, e.g. 'logicalTypeOptions: { defaultTimezone: Asia/Kolkata }', or Etc/UTC.");
            }

            return type;
        }

        var node = (options as YamlMap)!["defaultTimezone"]!;
        if (Utc.Contains(zone, StringComparer.Ordinal))
        {
            return type;
        }

        if (isUtc)
        {
            problems.Add(node, $"Found the zone {node.Shown} on the timestamp '{name}', which MySQL keeps in UTC.", "Remove 'defaultTimezone', or correct physicalType to datetime.");
        }
        else if (!Iana().IsMatch(zone) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            problems.Add(node, $"Found the time zone {node.Shown}, expected a name of the IANA database.", "Write it like Asia/Kolkata or Etc/UTC.");
        }

        return type with { Zone = zone };
    }

    /// <summary>Whether the wall clock goes back once a year: an hour exists twice then, so a window over it has no order.</summary>
    public static bool ChangesClocks(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
        && found.GetAdjustmentRules().Any(rule => rule.DateEnd.Year >= 2026 && rule.DaylightDelta != TimeSpan.Zero);

    [GeneratedRegex(@"^[A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iana();
}
