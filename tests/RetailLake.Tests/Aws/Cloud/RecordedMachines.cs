using RetailLake.Core.Runs;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>The engine in this process, and what its callers would ask of Step Functions.</summary>
internal sealed class RecordedMachines(IStateMachines machines, string function, RecordedCalls calls) : IStateMachines
{
    public Task<bool> StartAsync(string source, string name, string input, CancellationToken cancellationToken)
    {
        calls.Add(function, AwsCall.States("StartExecution", source));
        return machines.StartAsync(source, name, input, cancellationToken);
    }

    public Task<IReadOnlyList<string>> RunningAsync(string source, CancellationToken cancellationToken)
    {
        calls.Add(function, AwsCall.States("ListExecutions", source));
        return machines.RunningAsync(source, cancellationToken);
    }

    public Task<IReadOnlyList<string>> RunningExecutionsAsync(string stateMachine, CancellationToken cancellationToken)
    {
        calls.Add(function, new("states:ListExecutions", stateMachine));
        return machines.RunningExecutionsAsync(stateMachine, cancellationToken);
    }

    // A token names its machine only to Step Functions.
    public Task<bool> SendTaskSuccessAsync(string taskToken, string output, CancellationToken cancellationToken)
    {
        calls.Add(function, AwsCall.States("SendTaskSuccess", "any"));
        return machines.SendTaskSuccessAsync(taskToken, output, cancellationToken);
    }

    public Task<bool> SendTaskFailureAsync(string taskToken, string error, string cause, CancellationToken cancellationToken)
    {
        calls.Add(function, AwsCall.States("SendTaskFailure", "any"));
        return machines.SendTaskFailureAsync(taskToken, error, cause, cancellationToken);
    }
}
