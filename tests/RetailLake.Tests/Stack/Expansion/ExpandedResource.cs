using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Expansion;

/// <summary>One CloudFormation resource as SAM would hand it to CloudFormation.</summary>
/// <param name="File">The template it stands in.</param>
/// <param name="Json">Type, Properties, DeletionPolicy and the rest.</param>
internal sealed record ExpandedResource(string File, string Name, JsonObject Json)
{
    public string Type => (string)Json[nameof(Type)]!;

    public JsonObject Properties => Json[nameof(Properties)] as JsonObject ?? [];

    public bool Is(string property, string value) => (string?)(Properties[property] as JsonValue) == value;

    public string Text(params string[] path) => At(path)?.ToString() ?? "";

    public JsonNode? At(params string[] path) => path.Aggregate((JsonNode?)Properties, (node, name) => (node as JsonObject)?[name]);

    public bool RefersTo(string property, string logicalId) => Refers(Properties[property], logicalId);

    /// <summary>Ref or GetAtt of the resource, or of the parameter through which a nested stack is told its ARN.</summary>
    public static bool Refers(JsonNode? node, string logicalId) => node?.ToJsonString() is { } text
        && (text.Contains($"\"Ref\":\"{logicalId}\"", StringComparison.Ordinal) || text.Contains($"\"Fn::GetAtt\":\"{logicalId}.Arn\"", StringComparison.Ordinal)
            || text.Contains($"\"Ref\":\"{logicalId}Arn\"", StringComparison.Ordinal));

    public override string ToString() => $"'{Name}' of {File}";
}
