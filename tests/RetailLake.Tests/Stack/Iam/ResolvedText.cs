using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RetailLake.Tests.Aws.Cloud;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>Intrinsics of template.yaml as text, for the account, bucket and names a recorded run has. A name that no run has stays as it is written and matches nothing.</summary>
internal sealed partial class ResolvedText(string bucket)
{
    private readonly Dictionary<string, string> names = new()
    {
        ["AWS::Partition"] = "aws",
        ["AWS::Region"] = "ap-south-1",
        ["AWS::AccountId"] = "123456789012",
        ["SecretPrefix"] = "retaillake",
        ["CuratedDatabase"] = "curated",
        ["LakeBucket.Arn"] = $"arn:aws:s3:::{bucket}",
        ["LakeKey.Arn"] = AwsCall.LakeKey,
        ["Workgroup.Workgroup.WorkgroupArn"] = AwsCall.Workgroup,
        ["TokenKeySecret"] = AwsCall.SecretArn("retaillake/pii/token-key"),
    };

    public string Of(JsonNode node) => node switch
    {
        JsonValue text => text.ToString(),
        JsonObject sub when sub["Fn::Sub"] is JsonValue text => Place().Replace(text.ToString(), place => names.GetValueOrDefault(place.Groups[1].Value, place.Value)),
        JsonObject sub when sub["Fn::Sub"] is JsonArray parts => parts[0]!.ToString(),
        JsonObject reference when (reference["Ref"] ?? reference["Fn::GetAtt"]) is JsonValue name => names.GetValueOrDefault(name.ToString(), $"${{{name}}}"),
        _ => throw new NotSupportedException($"Found {node.ToJsonString()} where a policy names a resource; known are Ref, GetAtt and Sub."),
    };

    [GeneratedRegex(@"\$\{([^}!]+)\}")]
    private static partial Regex Place();
}
