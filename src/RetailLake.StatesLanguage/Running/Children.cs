using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;

namespace RetailLake.StatesLanguage.Running;

/// <summary>
/// Runs the branches of a Parallel or the iterations of an inline Map. Per child, from the journal:
/// succeeded → nothing to do · failed → the state fails with it · begun → goes on where it stands · absent → starts.
/// The first failure stops the others; they stay in the journal as they stand, for a redrive.
/// </summary>
internal sealed class Children(StateRun run, string iterationOf, int count, Func<int, (Machine Machine, string Input, string? Item)> make)
{
    private int next = -1;
    private StateFailedException? failure;

    public int MaxConcurrency { get; init; } = int.MaxValue;

    public async Task<IEnumerable<string>> RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        var workers = Enumerable.Range(0, Math.Min(MaxConcurrency, count)).Select(_ => WorkAsync(stop)).ToList();
        try
        {
            await Task.WhenAll(workers);
        }
        catch (OperationCanceledException) when (failure is not null && !run.Token.IsCancellationRequested)
        {
            AbortOthers();
        }

        return failure is null ? Outputs() : throw failure;
    }

    private IEnumerable<string> Outputs() => Enumerable.Range(0, count).Select(index => run.Frame.Children[index].OutputText!);

    private async Task WorkAsync(CancellationTokenSource stop)
    {
        await Task.Yield();
        try
        {
            for (var index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                stop.Token.ThrowIfCancellationRequested();
                await RunChildAsync(index, stop);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task RunChildAsync(int index, CancellationTokenSource stop)
    {
        var child = Existing(index);
        if (child?.Status == FrameStatus.Succeeded)
        {
            return;
        }

        var (machine, input, item) = make(index);
        child ??= Start(index, machine, input, item);
        var inner = run.In(child, stop.Token);
        try
        {
            if (child.Status == FrameStatus.Failed)
            {
                throw child.Failure ?? new StateFailedException(ErrorNames.TaskFailed, null);
            }

            await inner.RunMachineAsync(machine);
            Report(inner, RecordKind.ChildSucceeded, "MapIterationSucceeded", index, null);
        }
        catch (StateFailedException raised)
        {
            if (Interlocked.CompareExchange(ref failure,
                new StateFailedException(raised.Error, raised.Cause, fromBranch: true), null) is null)
            {
                if (child.Status != FrameStatus.Failed)
                {
                    Report(inner, RecordKind.ChildFailed, "MapIterationFailed", index, raised);
                }

                await stop.CancelAsync();
            }

            throw new OperationCanceledException(stop.Token);
        }
    }

    private Frame? Existing(int index)
    {
        lock (run.Execution.Gate)
        {
            return run.Frame.Children.GetValueOrDefault(index);
        }
    }

    private Frame Start(int index, Machine machine, string input, string? item)
    {
        var path = run.Frame.Path.Length == 0 ? $"{index}" : $"{run.Frame.Path}/{index}";
        run.Execution.CommitChild(path, item is null ? null : "MapIterationStarted", Details(index), run.Frame.LastEventId,
            record => record with { Index = index, State = machine.StartAt, Input = input, Item = item });
        return Existing(index)!;
    }

    private void AbortOthers()
    {
        foreach (var child in run.Frame.Children.Where(child => child.Value.Status == FrameStatus.Running && iterationOf.Length > 0))
        {
            Report(run.In(child.Value, run.Token), RecordKind.ChildAborted, "MapIterationAborted", child.Key, null);
        }
    }

    private void Report(StateRun child, RecordKind kind, string type, int index, StateFailedException? raised)
    {
        Func<JournalRecord, JournalRecord> fill = record => record with { Error = raised?.Error, Cause = raised?.Cause };
        if (iterationOf.Length > 0)
        {
            child.Event(kind, type, Details(index), fill);
        }
        else
        {
            child.Record(kind, fill);
        }
    }

    private JsonObject Details(int index) => new() { ["name"] = iterationOf, ["index"] = index };
}
