using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Expansion;

/// <summary>One statement of a policy, wherever it stands.</summary>
/// <param name="Kind">Trust, identity or resource.</param>
internal sealed record PolicyStatement(ExpandedResource Owner, string Kind, JsonObject Json)
{
    public bool IsAllow => (string?)Json["Effect"] == "Allow";

    public IReadOnlyList<string> Actions => [.. Many(Json["Action"]).Select(action => action.ToString())];

    public IReadOnlyList<JsonNode> Resources => [.. Many(Json["Resource"])];

    public IReadOnlyList<string> Services => [.. Many((Json["Principal"] as JsonObject)?["Service"]).Select(service => service.ToString())];

    public bool IsOfEverybody => Json["Principal"] is { } principal && Many(principal is JsonObject map ? map["AWS"] : principal).Any(one => one.ToString() == "*");

    public string? Condition(string @operator, string key) => (Json["Condition"]?[@operator] as JsonObject)?[key]?.ToJsonString();

    public bool IsOfThisAccount => new[] { "aws:SourceAccount", "aws:PrincipalAccount" }.Any(key => Condition("StringEquals", key) == """{"Ref":"AWS::AccountId"}""");

    public static IEnumerable<PolicyStatement> Of(ExpandedResource resource) => resource.Type switch
    {
        "AWS::IAM::Role" => Statements(resource, "trust", resource.At("AssumeRolePolicyDocument"))
            .Concat((resource.At("Policies") as JsonArray ?? []).SelectMany(policy => Statements(resource, "identity", policy!["PolicyDocument"]))),
        "AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy" => Statements(resource, "identity", resource.At("PolicyDocument")),
        "AWS::S3::BucketPolicy" or "AWS::SNS::TopicPolicy" or "AWS::SQS::QueuePolicy" => Statements(resource, "resource", resource.At("PolicyDocument")),
        "AWS::EC2::VPCEndpoint" => Statements(resource, "endpoint", resource.At("PolicyDocument")),
        "AWS::KMS::Key" => Statements(resource, "key", resource.At("KeyPolicy")),
        _ => [],
    };

    public override string ToString() => $"statement '{Json["Sid"]}' of {Owner}";

    private static IEnumerable<PolicyStatement> Statements(ExpandedResource owner, string kind, JsonNode? document) =>
        Many(document?["Statement"]).Select(statement => statement["Fn::If"] is JsonArray branches ? branches[1]! : statement).Select(statement => new PolicyStatement(owner, kind, statement.AsObject()));

    private static IEnumerable<JsonNode> Many(JsonNode? one) => one is JsonArray many ? many.Select(item => item!) : one is null ? [] : [one];
}
