namespace RetailLake.Core.Runs;

/// <summary>Step Functions as the functions use it: through AWSSDK.StepFunctions, or the engine in this process.</summary>
public interface IStateMachines
{
    /// <returns>False when an execution of that name exists already (<c>ExecutionAlreadyExists</c>): the work is in hand.</returns>
    Task<bool> StartAsync(string source, string name, string input, CancellationToken cancellationToken);

    /// <summary>Names of the running executions of a source's state machine.</summary>
    Task<IReadOnlyList<string>> RunningAsync(string source, CancellationToken cancellationToken);

    /// <summary>Names of the running executions of any state machine.</summary>
    /// <param name="stateMachine">Its ARN.</param>
    Task<IReadOnlyList<string>> RunningExecutionsAsync(string stateMachine, CancellationToken cancellationToken);

    /// <returns>False when the token is unknown or too late; nothing is left to do then.</returns>
    Task<bool> SendTaskSuccessAsync(string taskToken, string output, CancellationToken cancellationToken);

    /// <returns>False when the token is unknown or too late.</returns>
    Task<bool> SendTaskFailureAsync(string taskToken, string error, string cause, CancellationToken cancellationToken);
}
