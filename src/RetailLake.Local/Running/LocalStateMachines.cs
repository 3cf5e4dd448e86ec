using RetailLake.Core.Runs;

namespace RetailLake.Local.Running;

/// <summary>Step Functions as the functions use it, answered by the engine of this process.</summary>
internal sealed class LocalStateMachines(Lazy<Executions> executions) : IStateMachines
{
    public Task<bool> StartAsync(string source, string name, string input, CancellationToken cancellationToken) =>
        executions.Value.TryStartAsync(SourceMachines.NameOf(source), name, input);

    public Task<IReadOnlyList<string>> RunningAsync(string source, CancellationToken cancellationToken) => Task.FromResult(Running(SourceMachines.NameOf(source)));

    public Task<IReadOnlyList<string>> RunningExecutionsAsync(string stateMachine, CancellationToken cancellationToken) => Task.FromResult(Running(ExecutionReports.Machine(stateMachine)));

    public Task<bool> SendTaskSuccessAsync(string taskToken, string output, CancellationToken cancellationToken) =>
        executions.Value.SendTaskSuccessAsync(taskToken, output);

    public Task<bool> SendTaskFailureAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) =>
        executions.Value.SendTaskFailureAsync(taskToken, error, cause);

    private IReadOnlyList<string> Running(string machine) =>
        [.. executions.Value.List(new(machine, Status: "RUNNING", Limit: int.MaxValue)).Select(execution => execution.Name)];
}
