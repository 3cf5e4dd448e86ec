using System.Globalization;
using System.Text.Json.Nodes;

namespace RetailLake.Local.DuckDb;

/// <summary>The event that EventBridge would deliver for a statement submitted with <c>WithEvent</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-monitoring-events.html</remarks>
internal static class StatementEvent
{
    public static JsonObject Of(StatementRecord record) => new()
    {
        ["version"] = "0",
        ["id"] = record.Id,
        ["detail-type"] = "Redshift Data Statement Status Change",
        ["source"] = "aws.redshift-data",
        ["account"] = "000000000000",
        ["time"] = (record.EndedAt ?? record.SubmittedAt).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = "local",
        ["resources"] = new JsonArray(),
        ["detail"] = new JsonObject
        {
            ["principal"] = "local",
            ["statementName"] = record.Name,
            ["statementId"] = record.Id,
            ["redshiftQueryId"] = 0,
            ["state"] = record.State.ToString().ToUpperInvariant(),
            ["rows"] = -1,
            ["expireAt"] = (record.EndedAt ?? record.SubmittedAt).AddDays(1).ToUnixTimeSeconds(),
        },
    };
}
