using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Expansion;

/// <summary>The expanded stack as rules ask it.</summary>
internal sealed class Expanded(StackFiles files)
{
    public IReadOnlyList<ExpandedResource> All { get; } = StackExpansion.Of(files);

    public IEnumerable<PolicyStatement> Statements => All.SelectMany(PolicyStatement.Of);

    public IEnumerable<ExpandedResource> Of(params string[] types) => All.Where(resource => types.Contains(resource.Type));

    public ExpandedResource? Named(string name) => All.FirstOrDefault(resource => resource.Name == name);

    /// <summary>Statements of the policies that are attached to a bucket, topic or queue.</summary>
    public IEnumerable<PolicyStatement> PoliciesOf(ExpandedResource resource) => Statements.Where(statement => statement.Kind == "resource"
        && new[] { "Bucket", "Topics", "Queues" }.Any(attached => ExpandedResource.Refers(statement.Owner.Properties[attached], resource.Name)));

    public static StackRule Rule(string name, Func<Expanded, IEnumerable<string>> problems) => new(name, files => problems(new(files)));

    public static JsonArray List(JsonNode? node) => node as JsonArray ?? [];
}
