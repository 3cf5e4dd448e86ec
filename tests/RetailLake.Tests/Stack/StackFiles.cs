using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Lambda.Annotations;
using RetailLake.Functions;

namespace RetailLake.Tests.Stack;

/// <summary>Everything that must agree: templates, state machines, functions. Loaded anew for each test, so that a test may break it.</summary>
internal sealed class StackFiles
{
    private static readonly Dictionary<string, string> Texts = new[] { "template.yaml" }
        .Concat(new[] { "statemachines", "stacks" }.SelectMany(folder => Directory.GetFiles(Repository.Path(folder)).Select(file => $"{folder}/{Path.GetFileName(file)}")))
        .ToDictionary(file => file, file => Repository.Read(file.Split('/')));

    private static readonly Dictionary<string, JsonObject> Parsed = Texts.ToDictionary(file => file.Key, file => Parse(file.Key, file.Value));

    private readonly Dictionary<string, JsonObject> files;

    public StackFiles() => files = Parsed.ToDictionary(file => file.Key, file => file.Value.DeepClone().AsObject());

    /// <summary>The files with one text in one of them changed at its first place.</summary>
    public StackFiles(string file, string from, string to)
        : this()
    {
        var at = Texts[file].IndexOf(from, StringComparison.Ordinal);
        files[file] = at < 0 ? throw new ArgumentException($"'{file}' does not hold '{from}'.", nameof(from)) : Parse(file, $"{Texts[file][..at]}{to}{Texts[file][(at + from.Length)..]}");
    }

    public static IEnumerable<string> Templates => Texts.Keys.Where(file => file.EndsWith(".yaml", StringComparison.Ordinal));

    public JsonObject Template => files["template.yaml"];

    public JsonObject SourceTemplate => files["statemachines/source.template.yaml"];

    public JsonObject PullTemplate => files["statemachines/pull.template.yaml"];

    public IReadOnlyDictionary<string, JsonObject> Machines => files.Where(file => file.Key.EndsWith(".asl.json", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file.Key), file => file.Value);

    public JsonObject this[string file] => files[file];

    public List<LambdaMethod> Methods { get; } = [.. LambdaMethod.All];

    public JsonObject Machine => Machines["source-ingest.asl.json"];

    public JsonObject Resource(string name) => Template["Resources"]![name]!.AsObject();

    public JsonObject SourceResource(string name) => SourceTemplate["Resources"]![name]!.AsObject();

    public IEnumerable<(string Name, JsonObject Properties)> Resources(string type) => Template["Resources"]!.AsObject()
        .Where(resource => (string?)resource.Value!["Type"] == type)
        .Select(resource => (resource.Key, resource.Value!["Properties"]!.AsObject()));

    public IEnumerable<(string Name, JsonObject Properties)> Functions => Resources("AWS::Serverless::Function");

    public IEnumerable<(string Name, JsonObject Properties)> Sources => Resources("AWS::Serverless::Application")
        .Where(stack => ((string?)stack.Properties["Location"])?.StartsWith("statemachines/", StringComparison.Ordinal) == true);

    /// <summary>The templates of one source each, with the workflow and the entries of each.</summary>
    public IReadOnlyList<NestedStack> Nested => [Stack("source", SourceTemplate, "source-ingest", "Ingest"), Stack("pull", PullTemplate, "ftp-pull", "Pull")];

    private static JsonObject Parse(string file, string text) => file.EndsWith(".yaml", StringComparison.Ordinal) ? TemplateText.Parse(text) : JsonNode.Parse(text)!.AsObject();

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
