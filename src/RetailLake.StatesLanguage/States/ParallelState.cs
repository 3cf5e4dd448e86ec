using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal sealed class ParallelState : AttemptingState
{
    private readonly Template? parameters;
    private readonly List<Machine> branches;

    public ParallelState(FieldReader reader, DefinitionParser parser)
        : base(reader, "Parallel")
    {
        parameters = reader.Template("Parameters");
        var found = new List<Machine>();
        foreach (var (branch, _) in reader.Elements("Branches", required: true))
        {
            branch.Text("Comment");
            if (parser.ReadNested(branch) is { } machine)
            {
                found.Add(machine);
            }
        }

        branches = found;
    }

    public override IEnumerable<Machine> Inner => branches;

    protected override async Task<JsonNode?> AttemptAsync(StateRun run)
    {
        var effective = EffectiveInput(run);
        var input = Bounded(parameters is null ? effective : parameters.Evaluate(run.Scope(effective)), "parameters");
        if (run.Frame.ChildCount is null)
        {
            run.Event(RecordKind.ChildrenStarted, "ParallelStateStarted", null, record => record with { Count = branches.Count });
        }

        var text = Payload.Text(input);
        try
        {
            var outputs = await new Children(run, "", branches.Count, index => (branches[index], text, null)).RunAsync();
            var result = $"[{string.Join(',', outputs)}]";
            run.Event(RecordKind.ChildrenSucceeded, "ParallelStateSucceeded", null,
                record => record with { Output = Payload.TooLarge(result) ? throw Failures.DataLimit(Name, "result") : result });
        }
        catch (StateFailedException failure)
        {
            run.Event(RecordKind.StateFailed, "ParallelStateFailed", FailureDetails.Of(failure),
                record => record with { Error = failure.Error, Cause = failure.Cause, FromBranch = true });
            throw run.Frame.Failure!;
        }

        return run.Frame.Result;
    }
}
