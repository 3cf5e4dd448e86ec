using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Lambda.Annotations;
using RetailLake.Functions;

namespace RetailLake.Tests.Stack;

/// <summary>Everything that must agree: templates, state machines, functions. Loaded anew for each test, so that a test may break it.</summary>
internal sealed class StackFiles
{
    private static readonly string TemplateYaml = Repository.Read("template.yaml");
    private static readonly string SourceYaml = Repository.Read("statemachines", "source.template.yaml");
    private static readonly string PullYaml = Repository.Read("statemachines", "pull.template.yaml");
    private static readonly Dictionary<string, string> Definitions = Directory.GetFiles(Repository.Path("statemachines"), "*.asl.json")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    public JsonObject Template { get; } = TemplateText.Parse(TemplateYaml);

    public JsonObject SourceTemplate { get; } = TemplateText.Parse(SourceYaml);

    public JsonObject PullTemplate { get; } = TemplateText.Parse(PullYaml);

    public IReadOnlyDictionary<string, JsonObject> Machines { get; } = Definitions.ToDictionary(file => file.Key, file => JsonNode.Parse(file.Value)!.AsObject());

    public List<LambdaMethod> Methods { get; } = [.. LambdaMethod.All];

    public JsonObject Machine => Machines["source-ingest.asl.json"];

    public JsonObject Resource(string name) => Template["Resources"]![name]!.AsObject();

    public JsonObject SourceResource(string name) => SourceTemplate["Resources"]![name]!.AsObject();

    public IEnumerable<(string Name, JsonObject Properties)> Resources(string type) => Template["Resources"]!.AsObject()
        .Where(resource => (string?)resource.Value!["Type"] == type)
        .Select(resource => (resource.Key, resource.Value!["Properties"]!.AsObject()));

    public IEnumerable<(string Name, JsonObject Properties)> Functions => Resources("AWS::Serverless::Function");

    public IEnumerable<(string Name, JsonObject Properties)> Sources => Resources("AWS::Serverless::Application");

    /// <summary>The templates of one source each, with the workflow and the entries of each.</summary>
    public IReadOnlyList<NestedStack> Nested => [Stack("source", SourceTemplate, "source-ingest", "Ingest"), Stack("pull", PullTemplate, "ftp-pull", "Pull")];

    private NestedStack Stack(string file, JsonObject template, string machine, string suffix) => new(
        template, Machines[$"{machine}.asl.json"], suffix,
        [.. Sources.Where(source => (string?)source.Properties["Location"] == $"statemachines/{file}.template.yaml")]);
}

/// <param name="Suffix">What an entry's name has behind its source's, and a machine's behind a hyphen.</param>
internal sealed record NestedStack(JsonObject Template, JsonObject Machine, string Suffix, IReadOnlyList<(string Name, JsonObject Properties)> Entries)
{
    public JsonObject Substitutions => Resource("StateMachine")["Properties"]!["DefinitionSubstitutions"]!.AsObject();

    public JsonObject Resource(string name) => Template["Resources"]![name]!.AsObject();

    public JsonObject Statement(string sid) => Resource("StateMachineRole")["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!
        .AsArray().Single(statement => (string?)statement!["Sid"] == sid)!.AsObject();
}

/// <summary>A method that the Annotations generator makes a handler of.</summary>
internal sealed record LambdaMethod(string Class, string Method, string? ResourceName, string Handler, Type Input)
{
    public static IReadOnlyList<LambdaMethod> All { get; } =
    [
        .. from type in typeof(StartIngestFunction).Assembly.GetTypes()
           from method in type.GetMethods()
           let attribute = method.GetCustomAttribute<LambdaFunctionAttribute>()
           where attribute is not null
           select new LambdaMethod(
               type.Name, method.Name, attribute.ResourceName,
               $"{type.Assembly.GetName().Name}::{type.Namespace}.{type.Name}_{method.Name}_Generated::{method.Name}",
               method.GetParameters()[0].ParameterType),
    ];
}
