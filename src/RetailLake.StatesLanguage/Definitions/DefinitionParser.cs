using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.States;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Definitions;

/// <summary>From the text of a definition to a machine, or to every problem it has at once.</summary>
internal sealed class DefinitionParser
{
    // AWS: a definition has at most 1 MB.
    private const int LimitCharacters = 1024 * 1024;
    private static readonly string[] Types = ["Task", "Choice", "Map", "Parallel", "Wait", "Pass", "Succeed", "Fail"];
    private readonly List<DefinitionProblem> problems = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ITaskIntegration> integrations;

    private DefinitionParser(IReadOnlyList<ITaskIntegration> integrations) => this.integrations = integrations;

    public IReadOnlyList<ITaskIntegration> Integrations => integrations;

    public static Machine Parse(string name, string text, IReadOnlyList<ITaskIntegration> integrations)
    {
        var parser = new DefinitionParser(integrations);
        var machine = parser.Read(text);
        return parser.problems.Count == 0 && machine is not null ? machine : throw new InvalidDefinitionException(name, parser.problems);
    }

    public Machine? ReadNested(FieldReader reader) => ReadMachine(reader, "its machine");

    private Machine? Read(string text)
    {
        if (text.Length > LimitCharacters)
        {
            Report($"Found {text.Length} characters, expected at most {LimitCharacters}.");
            return null;
        }

        foreach (var name in Substitutions.Placeholder().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            Report($"Found the placeholder {name}, expected its value; apply the DefinitionSubstitutions before registering.");
        }

        if (ParseJson(text) is not { } root)
        {
            return null;
        }

        var reader = new FieldReader(root, null, "the state machine", problems);
        reader.Text("Comment");
        if (reader.Text("Version") is { } version && version != "1.0")
        {
            reader.Report("Version", $"Found Version '{version}', expected 1.0.");
        }

        if (reader.Text("QueryLanguage") is { } language && language != "JSONPath")
        {
            reader.Report("QueryLanguage", $"Found QueryLanguage '{language}'; supported: JSONPath.");
        }

        reader.Node("ProcessorConfig");
        var timeout = reader.Whole("TimeoutSeconds", 1, 99_999_999);
        var machine = ReadMachine(reader, "the state machine") is { } read ? read with { TimeoutSeconds = timeout } : null;
        if (machine is not null)
        {
            VariableRules.CheckScopes(machine, new HashSet<string>(StringComparer.Ordinal), problems);
        }

        return machine;
    }

    private JsonObject? ParseJson(string text)
    {
        try
        {
            var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
            return JsonNode.Parse(text, documentOptions: strict) as JsonObject ?? NotAnObject();
        }
        catch (JsonException refusal)
        {
            Report($"Found text that is not JSON with unique field names: {refusal.Message}");
            return null;
        }
    }

    private JsonObject? NotAnObject()
    {
        Report("Found JSON that is not an object, expected an object with StartAt and States.");
        return null;
    }

    private Machine? ReadMachine(FieldReader reader, string what)
    {
        var startAt = reader.Text("StartAt", required: true);
        var states = new Dictionary<string, State>(StringComparer.Ordinal);
        var known = new List<string>();
        if (reader.Node("States") is JsonObject { Count: > 0 } list)
        {
            foreach (var (name, node) in list)
            {
                known.Add(name);
                if (ReadState(name, node) is { } state)
                {
                    states[name] = state;
                }
            }
        }
        else
        {
            reader.Report("States", $"Found no States in {what}, expected an object with one or more states.");
        }

        reader.Close();
        MachineStructure.Check(reader, what, startAt, states, known);
        return startAt is null ? null : new Machine(startAt, states, null);
    }

    private State? ReadState(string name, JsonNode? node)
    {
        if (name.Length > 80)
        {
            problems.Add(new(name, null, $"Found a name of {name.Length} characters, expected at most 80."));
        }

        if (!names.Add(name))
        {
            problems.Add(new(name, null,
                "Found a second state of this name; names are unique in the whole machine, inner machines included."));
        }

        if (node is not JsonObject fields)
        {
            problems.Add(new(name, null, $"Found {Payload.Text(node)}, expected an object."));
            return null;
        }

        var reader = new FieldReader(fields, name, "a state", problems);
        var type = reader.Text("Type", required: true);
        reader = new FieldReader(fields, name, $"a {type} state", problems);
        State? state = type switch
        {
            "Task" => new TaskState(reader, integrations),
            "Choice" => new ChoiceState(reader),
            "Map" => new MapState(reader, this),
            "Parallel" => new ParallelState(reader, this),
            "Wait" => new WaitState(reader),
            "Pass" => new PassState(reader),
            "Succeed" => new SucceedState(reader),
            "Fail" => new FailState(reader),
            _ => null,
        };
        if (state is null && type is not null)
        {
            problems.Add(new(name, "Type", $"Found Type '{type}'; supported: {string.Join(", ", Types)}."));
        }

        if (state is not null)
        {
            reader.Close();
        }

        return state;
    }

    private void Report(string message) => problems.Add(new DefinitionProblem(null, null, message));
}
