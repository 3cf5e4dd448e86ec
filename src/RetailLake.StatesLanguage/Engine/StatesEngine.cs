using System.Collections.Concurrent;
using System.Text.Json;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage;

/// <summary>
/// Step Functions' Standard workflows on one machine: the Amazon States Language with JSONPath, histories, redrive,
/// and a journal that outlives the process. One engine owns its folder.
/// </summary>
public sealed partial class StatesEngine : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StateMachineDescription> machines = new(StringComparer.Ordinal);
    private readonly EngineHost host;

    internal EngineHost Host => host;

    public StatesEngine(StatesEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        host = new EngineHost(options, change => ExecutionStatusChanged?.Invoke(this, change));
    }

    /// <summary>
    /// RUNNING when an execution starts or is redriven, and its end; also for children of Map Runs (MapRunArn tells them).
    /// Raised one at a time, in order, on a thread of its own; it may come after WaitAsync has returned.
    /// </summary>
    public event EventHandler<ExecutionStatusChange>? ExecutionStatusChanged;

    /// <summary>Checks a definition and makes it startable; registering again replaces it for executions to come.</summary>
    public StateMachineDescription Register(string name, string arn, string definition, string? roleArn = null)
    {
        ArgumentNullException.ThrowIfNull(arn);
        ArgumentNullException.ThrowIfNull(definition);
        if (arn.Split(':') is not ["arn", _, "states", _, _, "stateMachine", var last] || last != name || !Names.IsMachineName(name))
        {
            throw new InvalidNameException($"Found the name '{name}' with the ARN '{arn}', "
                + "expected arn:aws:states:region:account:stateMachine:name with 1 to 80 letters, digits, '-' and '_'. "
                + "Nothing was registered. Correct the name or the ARN.");
        }

        DefinitionParser.Parse(name, definition, host.Options.Integrations);
        var sha = host.Folder.PinDefinition(definition);
        var machine =
            new StateMachineDescription(name, arn, roleArn ?? $"arn:aws:iam::{arn.Split(':')[4]}:role/{name}", definition, sha, host.Options.Time.GetUtcNow());
        machines[arn] = machine;
        return machine;
    }

    /// <summary>A second start with the same name and input returns the running execution, as on AWS.</summary>
    public Task<StartedExecution> StartAsync(string stateMachineArn, string? name = null, string input = "{}")
    {
        var machine = DescribeStateMachine(stateMachineArn);
        name ??= Guid.NewGuid().ToString("D");
        Names.CheckExecutionName(name);
        CheckInput(input);
        var arn = ExecutionArn(machine.Arn, name);
        lock (host.Starting)
        {
            if (host.Index.Execution(arn) is { } known)
            {
                return known.Status == ExecutionStatus.Running && host.Load(arn)?.State.Header.Input == input
                    ? Task.FromResult(new StartedExecution(arn, known.StartDate))
                    : throw new ExecutionAlreadyExistsException($"Found execution '{arn}', "
                        + $"which is {WireNames.Of(known.Status)}{(known.Status == ExecutionStatus.Running ? " with another input" : "")}; expected a new name. Nothing was started. Choose another name, or redrive the execution if it failed.");
            }

            var now = host.Options.Time.GetUtcNow();
            host.Start(new ExecutionHeader
            {
                Arn = arn,
                Name = name,
                MachineArn = machine.Arn,
                MachineName = machine.Name,
                RoleArn = machine.RoleArn,
                Input = input,
                StartDate = now,
                DefinitionSha256 = machine.DefinitionSha256,
            });
            return Task.FromResult(new StartedExecution(arn, now));
        }
    }

    /// <summary>Returns when the execution has ended, at once if it has already.</summary>
    public async Task<ExecutionDescription> WaitAsync(string executionArn, CancellationToken cancellationToken = default)
    {
        if (host.Live(executionArn) is { } run)
        {
            await run.Completion.WaitAsync(cancellationToken);
        }

        return DescribeExecution(executionArn);
    }

    public Task StopAsync(string executionArn, string? error = null, string? cause = null)
    {
        var summary = Find(executionArn);
        if (host.Live(executionArn) is { } run)
        {
            run.Close(ExecutionStatus.Aborted, null, error, cause);
        }
        else if (summary.Status == ExecutionStatus.Running)
        {
            throw new ExecutionDoesNotExistException($"Found execution '{executionArn}' of an earlier process; "
                + "expected it to be resumed first. It was not stopped. Call ResumeAsync.");
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static string ExecutionArn(string stateMachineArn, string name)
    {
        ArgumentNullException.ThrowIfNull(stateMachineArn);
        return $"{stateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";
    }

    private static void CheckInput(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Payload.TooLarge(input))
        {
            throw new InvalidExecutionInputException($"Found an input of over {Payload.LimitBytes} bytes, expected at most that. "
                + "Nothing was started. Pass a pointer to the data instead.");
        }

        try
        {
            Payload.Parse(input);
        }
        catch (JsonException refusal)
        {
            throw new InvalidExecutionInputException(
                $"Found an input that is not JSON: {refusal.Message} Nothing was started. Correct the input.");
        }
    }

    private ExecutionSummary Find(string executionArn) => host.Index.Execution(executionArn) ?? throw new ExecutionDoesNotExistException(
        $"Found no execution '{executionArn}', expected one of this engine's folder. Nothing was done. "
            + "List the executions of the state machine.");
}
