using RetailLake.StatesLanguage.Journal;

namespace RetailLake.StatesLanguage;

public sealed partial class StatesEngine
{
    public IReadOnlyList<StateMachineDescription> ListStateMachines() => [.. machines.Values.OrderBy(machine => machine.Name, StringComparer.Ordinal)];

    public StateMachineDescription DescribeStateMachine(string stateMachineArn) =>
        machines.GetValueOrDefault(stateMachineArn) ?? throw new StateMachineDoesNotExistException(
            $"Found no state machine '{stateMachineArn}' among the {machines.Count} registered ones. Nothing was done. "
                + "Register its definition.");

    /// <summary>Newest first; children of Map Runs only with <paramref name="mapRunArn"/>, as on AWS.</summary>
    public IReadOnlyList<ExecutionSummary> ListExecutions(
        string? stateMachineArn = null, ExecutionStatus? status = null, string? mapRunArn = null) =>
    [
        .. (mapRunArn is null ? host.Index.Roots : host.Index.MapRun(mapRunArn) is { } mapRun ? host.Index.ChildrenOf(mapRun) : [])
            .Where(summary => (status is null || summary.Status == status) && (stateMachineArn is null || summary.StateMachineArn == stateMachineArn))
            .OrderByDescending(summary => summary.StartDate).ThenBy(summary => summary.Name, StringComparer.Ordinal),
    ];

    /// <returns>Null when the state machine has no execution of this name, or none any more.</returns>
    public ExecutionSummary? FindExecution(string stateMachineArn, string name) => host.Index.Execution(ExecutionArn(stateMachineArn, name));

    public ExecutionDescription DescribeExecution(string executionArn)
    {
        var summary = Find(executionArn);
        var records = Read(executionArn);
        var header = records[0].Header!;
        var last = records.FindLast(record => record.Kind is RecordKind.Ended or RecordKind.Redriven or RecordKind.Started)!;
        var (redrivable, reason) = Redrivability.Of(summary, host.Options.Time.GetUtcNow());
        return new ExecutionDescription
        {
            Summary = summary,
            Input = header.Input,
            Output = last.Output,
            Cause = last.Cause,
            RedriveStatus = redrivable,
            RedriveStatusReason = reason,
            Definition = host.Folder.ReadDefinition(header.DefinitionSha256),
            DefinitionSha256 = header.DefinitionSha256,
            DefinitionIsCurrent = IsCurrent(header.MachineArn, header.DefinitionSha256),
        };
    }

    /// <summary>Read from the journal each time: histories are not kept in memory.</summary>
    public IReadOnlyList<HistoryEvent> GetHistory(string executionArn)
    {
        Find(executionArn);
        return [.. Read(executionArn).Select(record => record.Event).OfType<HistoryEvent>()];
    }

    public IReadOnlyList<MapRunSummary> ListMapRuns(string executionArn)
    {
        Find(executionArn);
        return [.. host.Index.MapRunsOf(executionArn).OrderBy(mapRun => mapRun.StartDate)];
    }

    public MapRunDescription DescribeMapRun(string mapRunArn)
    {
        var summary = host.Index.MapRun(mapRunArn) ?? throw new ResourceNotFoundException(
            $"Found no Map Run '{mapRunArn}'. Nothing was done. List the Map Runs of the execution.");
        var plan = host.Folder.ReadPlan(mapRunArn);
        var children = Enumerable.Range(0, plan.Items.Count).Select(index => host.Index.Execution(plan.ChildArn(index))?.Status).ToList();
        return new MapRunDescription
        {
            Summary = summary,
            MaxConcurrency = plan.MaxConcurrency,
            ToleratedFailureCount = plan.ToleratedFailureCount ?? 0,
            ToleratedFailurePercentage = plan.ToleratedFailurePercentage ?? 0,
            Pending = children.Count(status => status is null),
            Running = children.Count(status => status == ExecutionStatus.Running),
            Succeeded = children.Count(status => status == ExecutionStatus.Succeeded),
            Failed = children.Count(status => status == ExecutionStatus.Failed),
            TimedOut = children.Count(status => status == ExecutionStatus.TimedOut),
            Aborted = children.Count(status => status == ExecutionStatus.Aborted),
        };
    }

    private List<JournalRecord> Read(string executionArn) =>
        RecordLine.ReadAll(host.Folder.JournalOf(executionArn), JournalFormat.Json.JournalRecord).Records;
}
