using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;

namespace RetailLake.StatesLanguage.States;

/// <summary>
/// A state with Retry and Catch: Task, Map, Parallel. What the journal says decides where it goes on:
/// retry due → wait for it · failure recorded → decide on it · result recorded → leave with it · otherwise → attempt.
/// </summary>
internal abstract class AttemptingState : State
{
    protected AttemptingState(FieldReader reader, string type)
        : base(reader, type)
    {
        ResultSelector = reader.Template("ResultSelector", objectOnly: true);
        (ResultPath, DropsResult) = NullablePath(reader, "ResultPath", reference: true);
        Retriers = Retrier.ReadAll(reader);
        Catchers = Catcher.ReadAll(reader);
    }

    public IReadOnlyList<Retrier> Retriers { get; }

    public IReadOnlyList<Catcher> Catchers { get; }

    public override IEnumerable<string> Targets => base.Targets.Concat(Catchers.Select(catcher => catcher.Next));

    public override IEnumerable<string> AssignedNames =>
        base.AssignedNames.Concat(Catchers.SelectMany(catcher => VariableRules.Names(catcher.Assign)));

    private Template? ResultSelector { get; }

    private JsonPath? ResultPath { get; }

    private bool DropsResult { get; }

    public override async Task<Step> RunAsync(StateRun run)
    {
        while (true)
        {
            var failure = run.Frame.Failure;
            if (failure is null)
            {
                await run.DelayUntilAsync(run.Frame.RetryDue);
                try
                {
                    return Complete(run, run.Frame.HasResult ? run.Frame.Result : await AttemptAsync(run));
                }
                catch (StateFailedException raised)
                {
                    failure = raised;
                    if (run.Frame.Failure is null)
                    {
                        run.Record(Journal.RecordKind.StateFailed,
                            record => record with { Error = raised.Error, Cause = raised.Cause, FromBranch = raised.FromBranch });
                    }
                }
            }

            if (!TryRetry(run, failure))
            {
                return Catch(run, failure) ?? throw failure;
            }
        }
    }

    /// <summary>One attempt; it records its own failure event, if AWS has one.</summary>
    protected abstract Task<JsonNode?> AttemptAsync(StateRun run);

    private Step Complete(StateRun run, JsonNode? result)
    {
        var selected = ResultSelector is null ? result : ResultSelector.Evaluate(run.Scope(result));
        var output = DropsResult ? run.Frame.Input
            : ResultPath is null ? selected
            : ReferencePathWriter.Place(ResultPath, run.Frame.Input, selected);
        return Leave(run, output, selected);
    }

    // The spec scans retriers in order and uses the first that names the error, even when it has no attempts left.
    private bool TryRetry(StateRun run, StateFailedException failure)
    {
        for (var index = 0; index < Retriers.Count; index++)
        {
            if (!Retriers[index].Matches(failure))
            {
                continue;
            }

            var retries = run.Frame.Retries(index);
            if (retries >= Retriers[index].MaxAttempts)
            {
                return false;
            }

            var due = run.Now + Retriers[index].Delay(retries, run.Random);
            run.Record(Journal.RecordKind.RetryScheduled, record => record with { Index = index, Due = due });
            return true;
        }

        return false;
    }

    private Step? Catch(StateRun run, StateFailedException failure)
    {
        if (Catchers.FirstOrDefault(entry => entry.Matches(failure)) is not { } catcher)
        {
            return null;
        }

        var error = new JsonObject { ["Error"] = failure.Error, ["Cause"] = failure.Cause ?? "" };
        var output = catcher.DropsError ? run.Frame.Input
            : catcher.ResultPath is null ? error.DeepClone()
            : ReferencePathWriter.Place(catcher.ResultPath, run.Frame.Input, error);
        return Leave(run, output, error, catcher.Next, catcher.Assign ?? new LiteralTemplate(null));
    }
}
