using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.States;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

/// <summary>A Distributed Map: it pins its items, runs a Map Run over them and makes the state's result of it.</summary>
internal sealed class DistributedMap(StateRun run, string stateName, DistributedOptions options)
{
    private EngineHost Host => run.Execution.Host;

    public async Task<JsonNode?> RunAsync(JsonNode? effective, Func<JsonArray> items, Func<int, JsonNode?, JsonNode?> select, int concurrency)
    {
        try
        {
            if (run.Frame.ChildCount is null)
            {
                run.Event(RecordKind.ChildrenStarted, "MapStateStarted", new JsonObject { ["length"] = 0 },
                    record => record with { Count = 0 });
            }

            var scope = run.Scope(effective);
            var plan = run.Frame.MapRunArn is { } arn ? Continue(arn) : await BeginAsync(scope, items, select, concurrency);
            var outcome = await new MapRun(run, plan).RunAsync();
            var result = await WriteAsync(plan, outcome, scope);
            if (outcome.Exceeded)
            {
                throw new StateFailedException(ErrorNames.ExceedToleratedFailureThreshold,
                    "The specified tolerated failure threshold was exceeded");
            }

            return Succeed(plan, result ?? outcome.Array());
        }
        catch (StateFailedException failure)
        {
            if (run.Frame.MapRunArn is { } arn)
            {
                run.Event(RecordKind.MapRunEnded, "MapRunFailed", FailureDetails.Of(failure));
                Put(arn, MapRunStatus.Failed);
            }

            run.Event(RecordKind.StateFailed, "MapStateFailed", FailureDetails.Of(failure),
                record => record with { Error = failure.Error, Cause = failure.Cause });
            throw run.Frame.Failure!;
        }
        catch (OperationCanceledException) when (!Host.Stopping && run.Frame.MapRunArn is not null)
        {
            Put(run.Frame.MapRunArn, MapRunStatus.Aborted);
            throw;
        }
    }

    private JsonNode? Succeed(MapRunPlan plan, string result)
    {
        if (Payload.TooLarge(result))
        {
            throw Failures.DataLimit(stateName, "result; a ResultWriter keeps it out of the state");
        }

        run.Event(RecordKind.MapRunEnded, "MapRunSucceeded", null);
        Put(plan.MapRunArn, MapRunStatus.Succeeded);
        run.Event(RecordKind.ChildrenSucceeded, "MapStateSucceeded", null, record => record with { Output = result });
        return run.Frame.Result;
    }

    private async Task<MapRunPlan> BeginAsync(Scope scope, Func<JsonArray> items, Func<int, JsonNode?, JsonNode?> select, int concurrency)
    {
        var list = options.Reader is { } reader ? await reader.ReadAsync(scope, Host.Options.Objects, run.Token) : items();
        var machine = run.Execution.State.Header.MachineArn;
        var plan = new MapRunPlan
        {
            MapRunArn = $"{machine.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal)}/{options.Label}:{Guid.NewGuid():D}",
            ExecutionArn = run.ExecutionArn,
            StateName = stateName,
            MaxConcurrency = concurrency,
            ToleratedFailureCount = options.ToleratedCount(scope),
            ToleratedFailurePercentage = options.ToleratedPercentage(scope),
            DefinitionSha256 = Host.Folder.PinDefinition(options.ProcessorText),
            Items = [.. list.Select((item, index) => new MapRunItem(Payload.Text(select(index, item)), Payload.Text(item)))],
        };
        Host.Folder.SavePlan(plan);
        run.Event(RecordKind.MapRunStarted, "MapRunStarted", new JsonObject { ["mapRunArn"] = plan.MapRunArn },
            record => record with { MapRunArn = plan.MapRunArn });
        Host.Index.Put(Begun(plan));
        return plan;
    }

    private MapRunPlan Continue(string arn)
    {
        var plan = Host.Folder.ReadPlan(arn);
        if (run.Frame.MapRunRedrivePending)
        {
            run.Event(RecordKind.MapRunRedriven,
                "MapRunRedriven", new JsonObject { ["mapRunArn"] = arn, ["redriveCount"] = run.Frame.MapRunRedrives + 1 });
        }

        // The index may have missed the start of the Map Run, if the engine was killed just then.
        var known = Host.Index.MapRun(arn) ?? Begun(plan);
        Host.Index.Put(known with { Status = MapRunStatus.Running, StopDate = null, RedriveCount = run.Frame.MapRunRedrives });
        return plan;
    }

    private MapRunSummary Begun(MapRunPlan plan) =>
        new(plan.MapRunArn, plan.ExecutionArn, run.StateMachineArn, MapRunStatus.Running, run.Now, null, 0, plan.Items.Count);

    private void Put(string arn, MapRunStatus status)
    {
        if (Host.Index.MapRun(arn) is { } known)
        {
            Host.Index.Put(known with { Status = status, StopDate = run.Now });
        }
    }

    private async Task<string?> WriteAsync(MapRunPlan plan, MapRunOutcome outcome, Scope scope)
    {
        if (options.Writer is not { } writer)
        {
            return null;
        }

        try
        {
            return await writer.WriteAsync(plan, outcome, scope, Host, run.Token);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StateFailedException(ErrorNames.ResultWriterFailed, fault.Message);
        }
    }
}
