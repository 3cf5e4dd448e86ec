using RetailLake.StatesLanguage.Journal;

namespace RetailLake.StatesLanguage.Running;

internal sealed record MapRunOutcome(bool Exceeded, string?[] Outputs)
{
    /// <summary>AWS leaves tolerated failures out of the array.</summary>
    public string Array() => $"[{string.Join(',', Outputs.Where(output => output is not null))}]";
}

/// <summary>
/// The children of a Distributed Map, each an execution of its own. Per item, from the index:
/// succeeded → its output · running in a journal → resumed · absent → started ·
/// unsuccessful → redriven if it ended before the parent's redrive, else counted as failed.
/// </summary>
internal sealed class MapRun(StateRun run, MapRunPlan plan)
{
    private readonly string?[] outputs = new string?[plan.Items.Count];
    private int next = -1;
    private int failed;
    private bool exceeded;

    private EngineHost Host => run.Execution.Host;

    public async Task<MapRunOutcome> RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        var atOnce = Math.Min(Host.Options.MaxDistributedConcurrency, plan.MaxConcurrency == 0 ? int.MaxValue : plan.MaxConcurrency);
        var workers = Enumerable.Range(0, Math.Min(Math.Max(1, atOnce), plan.Items.Count)).Select(_ => WorkAsync(stop)).ToList();
        try
        {
            await Task.WhenAll(workers);
        }
        catch (OperationCanceledException) when (exceeded && !run.Token.IsCancellationRequested)
        {
            return new MapRunOutcome(true, outputs);
        }

        return new MapRunOutcome(exceeded, outputs);
    }

    private async Task WorkAsync(CancellationTokenSource stop)
    {
        await Task.Yield();
        for (var index = Interlocked.Increment(ref next); index < plan.Items.Count; index = Interlocked.Increment(ref next))
        {
            stop.Token.ThrowIfCancellationRequested();
            var status = await RunChildAsync(index, stop.Token);
            if (status != ExecutionStatus.Succeeded && plan.Exceeded(Interlocked.Increment(ref failed)))
            {
                exceeded = true;
                await stop.CancelAsync();
            }
        }
    }

    private async Task<ExecutionStatus> RunChildAsync(int index, CancellationToken token)
    {
        var child = Begin(index);
        if (child is null)
        {
            var ended = Host.Load(plan.ChildArn(index))!.Value.State;
            outputs[index] = ended.Output;
            return ended.Status;
        }

        try
        {
            var summary = await child.Completion.WaitAsync(token);
            outputs[index] = child.State.Output;
            return summary.Status;
        }
        catch (OperationCanceledException) when (!Host.Stopping)
        {
            child.Close(ExecutionStatus.Aborted, null, null, null);
            throw;
        }
    }

    /// <summary>Null when the child has ended and stays so.</summary>
    private ExecutionRun? Begin(int index)
    {
        lock (Host.Starting)
        {
            if (Host.Stopping || run.Token.IsCancellationRequested)
            {
                throw new OperationCanceledException(run.Token);
            }

            var arn = plan.ChildArn(index);
            if (Host.Live(arn) is { } live)
            {
                return live;
            }

            if (Host.Index.Execution(arn) is null || Host.Load(arn) is not var (state, goodBytes))
            {
                return Host.Start(Header(index, arn));
            }

            if (state.Status == ExecutionStatus.Running)
            {
                return Host.Resume(state, goodBytes);
            }

            var redrive = state.Status != ExecutionStatus.Succeeded && run.Execution.State.RedriveDate >= state.StopDate;
            return redrive ? Host.Redrive(state, goodBytes) : null;
        }
    }

    private ExecutionHeader Header(int index, string arn)
    {
        var parent = run.Execution.State.Header;
        return new ExecutionHeader
        {
            Arn = arn,
            Name = plan.ChildName(index),
            MachineArn = plan.MapRunArn[..plan.MapRunArn.LastIndexOf(':')].Replace(":mapRun:", ":stateMachine:", StringComparison.Ordinal),
            MachineName = parent.MachineName,
            RoleArn = parent.RoleArn,
            Input = plan.Items[index].Input,
            StartDate = run.Now,
            DefinitionSha256 = plan.DefinitionSha256,
            MapRunArn = plan.MapRunArn,
            ParentArn = parent.Arn,
            ItemIndex = index,
            Item = plan.Items[index].Value,
        };
    }
}
