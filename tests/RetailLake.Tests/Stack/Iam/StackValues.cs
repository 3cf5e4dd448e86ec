using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>What Ref, GetAtt and Sub of the root template would be in one account, so that policies can be read as IAM reads them.</summary>
/// <param name="bucket">The lake's, where it is not named as the template says.</param>
internal sealed partial class StackValues(StackFiles files, Expanded stack, string? bucket = null)
{
    public const string Account = "123456789012";
    public const string Region = "ap-south-1";
    public const string Stack = "retaillake";

    private const string LakeBucket = nameof(LakeBucket);

    /// <summary>Parameters that have no default, or another one where it matters.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["KafkaClusterArn"] = $"arn:aws:kafka:{Region}:{Account}:cluster/pos/0123",
        ["VpcId"] = "vpc-0123",
        ["PrivateSubnetIds"] = "subnet-0123",
    };

    public string Bucket => Ref(LakeBucket);

    public string Object(string key) => $"arn:aws:s3:::{Bucket}/{key}";

    public string BucketArn => $"arn:aws:s3:::{Bucket}";

    /// <summary>Who a function is to IAM: its role's id and its session, which Lambda names after the function.</summary>
    public static string UserId(string function) => $"{RoleId($"{function}Role")}:{Stack}-{function[..^"Function".Length]}";

    public string Text(JsonNode node) => node switch
    {
        JsonObject { Count: 1 } map => map.First() switch
        {
            { Key: "Ref", Value: { } name } => Ref(name.ToString()),
            { Key: "Fn::GetAtt", Value: { } path } => Attribute(path.ToString()),
            { Key: "Fn::Sub", Value: JsonArray { Count: 2 } pair } => Substitute(pair[0]!.ToString(), pair[1]!.AsObject()),
            { Key: "Fn::Sub", Value: { } text } => Substitute(text.ToString(), []),
            { Key: "Fn::Select", Value: JsonArray { Count: 2 } pair } => Split(pair[1]!)[int.Parse(pair[0]!.ToString())],
            var other => throw new NotSupportedException($"Found {other.Key} in a policy; it cannot be read here."),
        },
        JsonValue value => value.ToString(),
        _ => throw new NotSupportedException($"Found {node.ToJsonString()} where a policy has text."),
    };

    private string[] Split(JsonNode node) => node["Fn::Split"] is JsonArray { Count: 2 } pair ? Text(pair[1]!).Split(pair[0]!.ToString()) : throw new NotSupportedException($"Found {node.ToJsonString()} where Fn::Split was expected.");

    // IAM's own variables (${aws:userid}) stand in plain text, never in Fn::Sub.
    private string Substitute(string text, JsonObject names) => Place().Replace(text, match => match.Groups[1].Value is var name && names[name] is { } given ? Text(given)
        : name.Contains('.', StringComparison.Ordinal) ? Attribute(name) : Ref(name));

    private string Ref(string name) => name switch
    {
        "AWS::Partition" => "aws",
        "AWS::Region" => Region,
        "AWS::AccountId" => Account,
        "AWS::StackName" => Stack,
        _ when files.Template["Parameters"]?[name] is { } parameter => Parameters.GetValueOrDefault(name) ?? parameter["Default"]?.ToString() ?? throw new NotSupportedException($"Found parameter '{name}' without a value."),
        _ when stack.Named(name) is { } resource => resource.Type switch
        {
            "AWS::S3::Bucket" when name == LakeBucket && bucket is not null => bucket,
            "AWS::S3::Bucket" => resource.At("BucketName") is { } given ? Text(given) : $"{Stack}-{name}".ToLowerInvariant(),
            "AWS::Glue::Database" => Text(resource.At("DatabaseInput", "Name")!),
            "AWS::SecretsManager::Secret" => $"arn:aws:secretsmanager:{Region}:{Account}:secret:{Text(resource.At("Name")!)}-AbCdEf",
            "AWS::SNS::Topic" => $"arn:aws:sns:{Region}:{Account}:{name}",
            _ => name,
        },
        _ => throw new NotSupportedException($"Found a reference to '{name}', which the template does not have."),
    };

    private string Attribute(string path)
    {
        var name = path[..path.IndexOf('.', StringComparison.Ordinal)];
        return (stack.Named(name)?.Type, path[(name.Length + 1)..]) switch
        {
            ("AWS::S3::Bucket", "Arn") => $"arn:aws:s3:::{Ref(name)}",
            ("AWS::KMS::Key", "Arn") => $"arn:aws:kms:{Region}:{Account}:key/{name}",
            ("AWS::SQS::Queue", "Arn") => $"arn:aws:sqs:{Region}:{Account}:{name}",
            ("AWS::Lambda::Function", "Arn") => $"arn:aws:lambda:{Region}:{Account}:function:{Stack}-{name[..^"Function".Length]}",
            ("AWS::RedshiftServerless::Workgroup", "Workgroup.WorkgroupArn") => $"arn:aws:redshift-serverless:{Region}:{Account}:workgroup/{name}",
            ("AWS::IAM::Role", "RoleId") => RoleId(name),
            _ => throw new NotSupportedException($"Found '{path}' in a policy; its form is not known here."),
        };
    }

    private static string RoleId(string role) => $"AROA{role}";

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Place();
}
