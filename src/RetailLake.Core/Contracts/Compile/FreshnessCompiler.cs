using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>The SLA property latency: how old the ledger's watermark may become.</summary>
internal static class FreshnessCompiler
{
    private static readonly string[] Unread = ["valueExt", "element", "schedule", "scheduler"];

    public static decimal? Compile(YamlMap root, ProblemList problems)
    {
        decimal? hours = null;
        foreach (var latency in root.Maps("slaProperties").Where(sla => sla["property"].Text() == "latency"))
        {
            if (hours is not null)
            {
                problems.Add(latency, "Found the SLA property 'latency' a second time.", "Keep one of them.");
            }

            foreach (var key in Unread.Where(key => latency[key] is not null))
            {
                problems.Add(latency[key]!, $"Found '{key}' on the SLA property 'latency', which nothing reads: it counts from the ledger, in each execution.", "Remove it.");
            }

            hours = (latency["value"].Number(), latency["unit"].Text()) switch
            {
                ( > 0 and <= 100_000 and var value, "min" or "minute" or "minutes") => value / 60,
                ( > 0 and <= 100_000 and var value, "h" or "hr" or "hour" or "hours") => value,
                ( > 0 and <= 100_000 and var value, "d" or "day" or "days") => value * 24,
                _ => null,
            };
            if (hours is null)
            {
                problems.Add(latency, $"Found latency {latency["value"]?.Shown ?? "without value"} {latency["unit"]?.Shown ?? "without unit"}, expected a number above 0 in minutes, hours or days.", "Write e.g. 'value: 26' and 'unit: h'.");
            }
        }

        return hours;
    }
}
