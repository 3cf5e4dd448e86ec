namespace RetailLake.StatesLanguage.Running;

/// <summary>
/// After a restart, for each execution the index calls running, by its journal:
/// no record → it was never acknowledged, forget it · ended → correct the index · running → go on ·
/// running child of a Map Run → its parent takes it up, or it is aborted if no parent waits for it.
/// </summary>
internal sealed class Recovery(EngineHost host)
{
    public int Run()
    {
        lock (host.Starting)
        {
            TakeInUnknownJournals();
            var running = new List<(ExecutionState State, long GoodBytes)>();
            foreach (var summary in host.Index.Executions
                .Where(summary => summary.Status == ExecutionStatus.Running && host.Live(summary.ExecutionArn) is null).ToList())
            {
                if (Load(summary) is { } loaded)
                {
                    running.Add(loaded);
                }
            }

            var awaited = running.Where(entry => entry.State.Header.ParentArn is null)
                .SelectMany(entry => entry.State.Root.SelfAndBelow())
                    .Select(frame => frame.MapRunArn).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var grown = true;
            while (grown)
            {
                // A child may own Map Runs itself.
                grown = running.Where(entry => entry.State.Header.MapRunArn is { } mine && awaited.Contains(mine))
                    .SelectMany(entry => entry.State.Root.SelfAndBelow())
                        .Select(frame => frame.MapRunArn).OfType<string>().ToList().Exists(awaited.Add);
            }

            foreach (var (state, goodBytes) in running.Where(entry => entry.State.Header.MapRunArn is { } mine && !awaited.Contains(mine)))
            {
                host.Abandon(state, goodBytes, ExecutionStatus.Aborted, null, null);
            }

            CloseMapRuns();
            host.Retention.Run();
            var roots = running.Where(entry => entry.State.Header.ParentArn is null).ToList();
            roots.ForEach(entry => host.Resume(entry.State, entry.GoodBytes));
            return roots.Count;
        }
    }

    /// <summary>The index can be lost; the journals are what counts.</summary>
    private void TakeInUnknownJournals()
    {
        if (!Directory.Exists(host.Folder.ExecutionsFolder))
        {
            return;
        }

        var known = host.Index.Executions.Select(summary => host.Folder.JournalOf(summary.ExecutionArn)).ToHashSet(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(host.Folder.ExecutionsFolder, "*.journal", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !known.Contains(file)))
        {
            try
            {
                if (host.LoadFile(file) is var (state, _))
                {
                    host.Index.Put(state.Summary());
                }
            }
            catch (Exception fault) when (fault is JournalDamagedException or InvalidDefinitionException or IOException)
            {
                host.Options.OnFault(fault);
            }
        }
    }

    private void CloseMapRuns()
    {
        foreach (var mapRun in host.Index.MapRuns.Where(mapRun => mapRun.Status == MapRunStatus.Running).ToList())
        {
            var owner = host.Index.Execution(mapRun.ExecutionArn);
            if (owner?.Status != ExecutionStatus.Running)
            {
                var status = owner?.Status switch
                {
                    ExecutionStatus.Succeeded => MapRunStatus.Succeeded,
                    ExecutionStatus.Failed => MapRunStatus.Failed,
                    _ => MapRunStatus.Aborted,
                };
                host.Index.Put(mapRun with { Status = status, StopDate = owner?.StopDate });
            }
        }
    }

    private (ExecutionState State, long GoodBytes)? Load(ExecutionSummary summary)
    {
        try
        {
            if (host.Load(summary.ExecutionArn) is not var (state, goodBytes))
            {
                host.Index.Drop(summary.ExecutionArn);
                return null;
            }

            if (state.Status != ExecutionStatus.Running)
            {
                host.Index.Put(state.Summary());
                return null;
            }

            return (state, goodBytes);
        }
        catch (Exception fault) when (fault is JournalDamagedException or InvalidDefinitionException or IOException)
        {
            // Its journal stays as it is for a person to look at; the other executions must not wait for that.
            host.Options.OnFault(fault);
            var now = host.Options.Time.GetUtcNow();
            host.Index.Put(summary with { Status = ExecutionStatus.Failed, Error = ErrorNames.Runtime, StopDate = now });
            return null;
        }
    }
}
