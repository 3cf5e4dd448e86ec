using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

/// <summary>Where a state leads: its output, the next state (none: the machine is done), the variables it assigns.</summary>
internal sealed record Step(JsonNode? Output, string? Next, JsonObject? Assigned);

/// <summary>A state of a checked machine. It evaluates itself against a <see cref="StateRun"/> and keeps nothing of it.</summary>
internal abstract class State
{
    protected State(FieldReader reader, string type, bool hasPaths = true, bool hasNext = true, bool assigns = true)
    {
        Name = reader.State!;
        Type = type;
        reader.Node("Type");
        Comment = reader.Text("Comment");
        RefuseQueryLanguage(reader);
        if (hasPaths)
        {
            (InputPath, DropsInput) = NullablePath(reader, "InputPath");
            (OutputPath, DropsOutput) = NullablePath(reader, "OutputPath");
        }

        if (hasNext)
        {
            Next = reader.Text("Next");
            End = reader.Flag("End");
            if (Next is null == !End)
            {
                reader.Report("Next", $"Found {(End ? "both Next and End: true" : "neither Next nor End: true")}, expected one of them.");
            }
        }

        if (assigns)
        {
            Assign = VariableRules.Read(reader);
        }
    }

    public string Name { get; }

    public string Type { get; }

    public string? Comment { get; }

    public string? Next { get; }

    public bool End { get; }

    public Template? Assign { get; }

    protected JsonPath? InputPath { get; }

    protected JsonPath? OutputPath { get; }

    private bool DropsInput { get; }

    private bool DropsOutput { get; }

    public virtual bool IsTerminal => End;

    public virtual IEnumerable<string> Targets => Next is null ? [] : [Next];

    public virtual IEnumerable<Machine> Inner => [];

    public virtual IEnumerable<string> AssignedNames => VariableRules.Names(Assign);

    public abstract Task<Step> RunAsync(StateRun run);

    protected JsonNode? EffectiveInput(StateRun run) => Read(run.Scope(run.Frame.Input), InputPath, DropsInput, "InputPath");

    /// <summary>Assign sees the variables as they were when the state was entered; all of it takes effect at once.</summary>
    protected Step Leave(StateRun run, JsonNode? output, JsonNode? assignFrom, string? next = null, Template? assign = null)
    {
        var assigned = (assign ?? Assign)?.Evaluate(run.Scope(assignFrom)) as JsonObject;
        VariableRules.CheckSize(Name, assigned);
        return new Step(Bounded(Read(run.Scope(output), OutputPath, DropsOutput, "OutputPath"), "output"), next ?? Next, assigned);
    }

    protected JsonNode? Bounded(JsonNode? value, string what) =>
        Payload.TooLarge(Payload.Text(value)) ? throw Failures.DataLimit(Name, what) : value;

    private static JsonNode? Read(Scope scope, JsonPath? path, bool drops, string field)
    {
        if (drops)
        {
            return new JsonObject();
        }

        if (path is null || path.IsWholeInput)
        {
            return scope.Input;
        }

        return path.TryEvaluate(scope, out var value) ? value : throw Failures.PathNotFound(field, path.Text, Payload.Text(scope.Input));
    }

    // The spec: a path that is the JSON literal null discards, and the state sees or leaves {}.
    protected static (JsonPath? Path, bool Drops) NullablePath(FieldReader reader, string name, bool reference = false) =>
        reader.Has(name) && reader.Node(name) is null ? (null, true) : (reader.Path(name, reference), false);

    private static void RefuseQueryLanguage(FieldReader reader)
    {
        if (reader.Has("QueryLanguage") && reader.Text("QueryLanguage") is { } language && language != "JSONPath")
        {
            reader.Report("QueryLanguage", $"Found QueryLanguage '{language}'; supported: JSONPath.");
        }
    }
}
