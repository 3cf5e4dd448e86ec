using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>What ODCS can say and nothing here would do: refused, never ignored. Pure description passes.</summary>
internal static class Unsupported
{
    private static readonly Dictionary<string, string> OfColumn = new(StringComparer.Ordinal)
    {
        ["transformLogic"] = "Do it in a view of the source or of the warehouse",
        ["transformSourceObjects"] = "Do it in a view of the source or of the warehouse",
        ["transformDescription"] = "Do it in a view of the source or of the warehouse",
        ["encryptedName"] = "Use 'classification: personal', which tokenises the column itself",
        ["partitioned"] = "Curated data is laid out by run; use 'retaillake.sortKey' for the warehouse",
        ["partitionKeyPosition"] = "Curated data is laid out by run; use 'retaillake.sortKey' for the warehouse",
    };

    private static readonly string[] Promises =
        ["availability", "throughput", "errorRate", "generalAvailability", "endOfSupport", "endOfLife", "frequency", "timeToDetect", "timeToNotify", "timeToRepair"];

    public static void Check(YamlMap root, ProblemList problems)
    {
        if (root["apiVersion"].Text() is { } api && api != "v3.1.0")
        {
            problems.Add(root["apiVersion"]!, $"Found apiVersion '{Printable.Of(api)}', expected 'v3.1.0'.", "Bring the contract to v3.1.0; the words of older versions mean other things.");
        }

        if (root["status"].Text() is { } status && status is not ("proposed" or "draft" or "active" or "deprecated"))
        {
            problems.Add(root["status"]!, $"Found status '{Printable.Of(status)}', expected one of proposed, draft, active, deprecated.", "A retired feed's contract is removed from the folder: what lies here runs.");
        }

        if (root["slaDefaultElement"] is { } element)
        {
            problems.Add(element, "Found 'slaDefaultElement', which nothing reads: freshness counts from the ledger.", "Remove it.");
        }

        foreach (var sla in root.Maps("slaProperties"))
        {
            if (sla["property"].Text() is { } property && property != "latency" && !Promises.Contains(property, StringComparer.Ordinal))
            {
                problems.Add(sla["property"]!, $"Found the SLA property {sla["property"]!.Shown}, expected latency (watched), or one of {string.Join(", ", Promises)} (described only).", property == "retention" ? "Retention is the stack's, see template.yaml: remove it here." : "Correct the spelling, or remove it.");
            }
        }

        foreach (var column in root.Maps("schema").SelectMany(table => table.Maps("properties")))
        {
            CheckColumn(column, problems);
        }
    }

    private static void CheckColumn(YamlMap column, ProblemList problems)
    {
        if (column["unique"].Boolean() == true && column["primaryKey"].Boolean() != true)
        {
            problems.Add(column["unique"]!, "Found 'unique: true' on a column that is no key, expected none: the load keeps one row per key, and nothing judges other duplicates.", "Remove it, or check it in a view of the warehouse.");
        }

        foreach (var entry in column.Entries)
        {
            if (OfColumn.TryGetValue(entry.Key.Text, out var remedy) && !(entry.Key.Text == "partitioned" && entry.Value.Boolean() == false))
            {
                problems.Add(entry.Key, $"Found '{entry.Key.Text}' on a column, which nothing here carries out.", $"{remedy}, and remove it.");
            }
        }
    }
}
