namespace RetailLake.StatesLanguage.Journal;

/// <summary>
/// Forgets what ended long ago, with its journals: everything 90 days after its end, as AWS does, and of what succeeded all but the newest of each state machine.
/// A topic's loads are thousands a day; without an end to them each start and each listing would take longer than the one before.
/// </summary>
internal sealed class Retention(EngineHost host)
{
    /// <summary>So many ends are between two looks.</summary>
    private const int Often = 64;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private int ends;

    public void Ended()
    {
        if (Interlocked.Increment(ref ends) % Often == 0)
        {
            Run();
        }
    }

    public void Run()
    {
        // No execution starts or is redriven meanwhile: a name that is forgotten may be taken again, and then its journal must be gone.
        lock (host.Starting)
        {
            if (!host.Stopping)
            {
                Due().ForEach(Forget);
            }
        }
    }

    private List<ExecutionSummary> Due()
    {
        var now = host.Options.Time.GetUtcNow();
        var ended = host.Index.Roots.Where(summary => summary.Status != ExecutionStatus.Running && host.Live(summary.ExecutionArn) is null).ToList();
        var surplus = ended.Where(summary => summary.Status == ExecutionStatus.Succeeded)
            .GroupBy(summary => summary.StateMachineArn, StringComparer.Ordinal)
            .SelectMany(machine => machine.OrderByDescending(summary => summary.StopDate).Skip(host.Options.MostSucceeded));
        return [.. ended.Where(summary => now - summary.StopDate > Longest).Union(surplus)];
    }

    /// <summary>The index last: as long as it knows an execution, whatever is left of it after a kill goes the next time.</summary>
    private void Forget(ExecutionSummary root)
    {
        var (executions, mapRuns) = (new List<string>(), new List<string>());
        Collect(root.ExecutionArn, executions, mapRuns);
        try
        {
            mapRuns.ForEach(host.Folder.RemovePlan);
            executions.ForEach(host.Folder.RemoveJournal);
            host.Index.Forget(root.ExecutionArn);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The execution that just ended has nothing to do with it.
            host.Options.OnFault(fault);
        }
    }

    private void Collect(string executionArn, List<string> executions, List<string> mapRuns)
    {
        executions.Add(executionArn);
        foreach (var mapRun in host.Index.MapRunsOf(executionArn))
        {
            mapRuns.Add(mapRun.MapRunArn);
            foreach (var child in host.Index.ChildrenOf(mapRun))
            {
                Collect(child.ExecutionArn, executions, mapRuns);
            }
        }
    }
}
