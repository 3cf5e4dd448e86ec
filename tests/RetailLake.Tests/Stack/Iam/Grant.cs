using System.IO.Enumeration;
using System.Text.Json.Nodes;
using RetailLake.Tests.Aws.Cloud;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>One action on one resource that a function's policies allow.</summary>
/// <param name="Resource">ARN with IAM's wildcards.</param>
/// <param name="Prefix">Of the condition on s3:prefix; empty without one.</param>
internal sealed record Grant(string Function, string Sid, string Action, string Resource, string Prefix)
{
    public bool Allows(AwsCall call) => Action == call.Action && (Resource == "*" || Matches(Resource, call.Resource)) && (Prefix.Length == 0 || (call.Prefix is { } prefix && Matches(Prefix, prefix)));

    public override string ToString() => $"{Function} {Sid}: {Action} on {Resource}{(Prefix.Length > 0 ? $" with prefix {Prefix}" : "")}";

    /// <summary>Of the function's inline policies; managed ones give it logs, network and traces.</summary>
    public static IReadOnlyList<Grant> Of(StackFiles files, string bucket)
    {
        var resolved = new ResolvedText(bucket);
        return [
            .. from function in files.Functions
               from policy in (function.Properties["Policies"] as JsonArray ?? []).OfType<JsonObject>()
               from written in policy["Statement"]!.AsArray()
               let statement = (written!["Fn::If"] is JsonArray branches ? branches[1]! : written).AsObject()
               where (string?)statement["Effect"] == "Allow"
               from action in Many(statement[nameof(Action)])
               from resource in Many(statement[nameof(Resource)])
               from prefix in Prefixes(statement)
               select new Grant(function.Name, (string)statement[nameof(Sid)]!, action.ToString(), resolved.Of(resource), prefix)];
    }

    /// <summary>Other conditions are on who asks, and hold for the function itself.</summary>
    private static IEnumerable<string> Prefixes(JsonObject statement)
    {
        var condition = statement["Condition"]?["StringLike"]?["s3:prefix"] ?? statement["Condition"]?["StringLikeIfExists"]?["s3:prefix"];
        return condition is null ? [""] : Many(condition).Select(prefix => prefix.ToString());
    }

    private static IEnumerable<JsonNode> Many(JsonNode? one) => one is JsonArray many ? many.Select(item => item!) : [one!];

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text, ignoreCase: false);
}
