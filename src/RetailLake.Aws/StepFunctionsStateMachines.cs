using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using RetailLake.Core;
using RetailLake.Core.Runs;

namespace RetailLake.Aws;

/// <summary>Step Functions behind Core's port. Answers that mean "the work is in hand" or "nothing is left to do" become false; the others are outcomes with a name.</summary>
public sealed class StepFunctionsStateMachines(IAmazonStepFunctions stepFunctions, LakeSettings settings) : IStateMachines
{
    private const int MaxErrorLength = 256;
    private const int MaxCauseLength = 32_768;
    private const string SourcePlace = "{source}";

    /// <remarks>The same name and input while that execution runs is answered as if it were new, so true may also mean that it is in hand.</remarks>
    public async Task<bool> StartAsync(string source, string name, string input, CancellationToken cancellationToken)
    {
        var machine = ArnOf(source);
        try
        {
            await stepFunctions.StartExecutionAsync(new() { StateMachineArn = machine, Name = name, Input = input }, cancellationToken);
            return true;
        }
        catch (ExecutionAlreadyExistsException)
        {
            return false;
        }
        catch (Exception fault)
        {
            throw StepFunctionsFaults.Outcome(fault, $"starting '{name}' of '{machine}'", cancellationToken);
        }
    }

    /// <remarks>The list is eventually consistent: an execution of the last moments may be missing. Its feed's load lock and ledger keep that harmless.</remarks>
    public Task<IReadOnlyList<string>> RunningAsync(string source, CancellationToken cancellationToken) => RunningExecutionsAsync(ArnOf(source), cancellationToken);

    public async Task<IReadOnlyList<string>> RunningExecutionsAsync(string stateMachine, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var request = new ListExecutionsRequest { StateMachineArn = stateMachine, StatusFilter = ExecutionStatus.RUNNING, MaxResults = 1000 };
        do
        {
            var page = await PageAsync(request, cancellationToken);
            names.AddRange((page.Executions ?? []).Select(execution => execution.Name));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });

        return names;
    }

    private async Task<ListExecutionsResponse> PageAsync(ListExecutionsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await stepFunctions.ListExecutionsAsync(request, cancellationToken);
        }
        catch (Exception fault)
        {
            throw StepFunctionsFaults.Outcome(fault, $"listing the running executions of '{request.StateMachineArn}'", cancellationToken);
        }
    }

    public Task<bool> SendTaskSuccessAsync(string taskToken, string output, CancellationToken cancellationToken) => AnswerAsync(
        () => stepFunctions.SendTaskSuccessAsync(new() { TaskToken = taskToken, Output = output }, cancellationToken), cancellationToken);

    public Task<bool> SendTaskFailureAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) => AnswerAsync(
        () => stepFunctions.SendTaskFailureAsync(
            new() { TaskToken = taskToken, Error = Cut(error, MaxErrorLength), Cause = Cut(cause, MaxCauseLength) }, cancellationToken), cancellationToken);

    private static async Task<bool> AnswerAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        try
        {
            await send();
            return true;
        }
        catch (Exception e) when (e is TaskDoesNotExistException or TaskTimedOutException or InvalidTokenException)
        {
            return false;
        }
        catch (Exception fault)
        {
            throw StepFunctionsFaults.Outcome(fault, "answering a waiting load", cancellationToken);
        }
    }

    // A text over the service's limit is refused as a whole, and the waiting state would hear nothing until its time limit.
    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");

    private string ArnOf(string source)
    {
        if (settings.StateMachineArn is not { } pattern || !pattern.Contains(SourcePlace, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"Found SOURCE_STATE_MACHINE_ARN '{settings.StateMachineArn}'; expected an ARN with '{SourcePlace}' in it. Nothing was started or listed. Set it in template.yaml (Globals).");
        }

        return pattern.Replace(SourcePlace, source, StringComparison.Ordinal);
    }
}
