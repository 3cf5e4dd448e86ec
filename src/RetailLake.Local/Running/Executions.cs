using System.Text.Json.Nodes;
using RetailLake.Core.Lake;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;
using RetailLake.StatesLanguage;

namespace RetailLake.Local.Running;

/// <summary>The engine with the template's state machines in it, and executions by the names people use.</summary>
public sealed class Executions : IAsyncDisposable
{
    private readonly StatesEngine engine;
    private readonly StatusChanges changes;

    internal Executions(
        IReadOnlyList<LocalStateMachine> machines, HostOptions options, FunctionHost functions, ILake lake, Func<JsonObject, CancellationToken, Task> onStatusChange, Action<string> log)
    {
        engine = new(new()
        {
            Folder = options.Home.Engine,
            Integrations = [new LambdaTasks(new EngineFunctions(functions))],
            Objects = new EngineObjects(lake),
            Time = options.Time,
            MaxDistributedConcurrency = options.MaxConcurrency,
            OnFault = fault => log($"engine: {fault}"),
        });
        changes = new(onStatusChange);
        engine.ExecutionStatusChanged += (_, change) => changes.Add(change);
        foreach (var machine in machines)
        {
            try
            {
                engine.Register(machine.Name, machine.Arn, machine.Definition);
            }
            catch (StatesApiException e)
            {
                throw new TemplateRefusedException($"Found a workflow the engine does not take, '{machine.DefinitionFile}' of {machine.Where}: {e.Message}", "Correct it.");
            }
        }
    }

    /// <summary>Whether every status change so far has reached its rules.</summary>
    public bool AreChangesTold => changes.IsIdle;

    public Task<int> ResumeAsync() => engine.ResumeAsync();

    /// <param name="machine">Name or ARN.</param>
    /// <returns>ARN of the execution.</returns>
    public async Task<string> StartAsync(string machine, string name, string input)
    {
        try
        {
            return (await engine.StartAsync(MachineArn(machine), name, input)).ExecutionArn;
        }
        catch (StatesApiException e)
        {
            throw Refused(e);
        }
    }

    /// <returns>False when an execution of that name exists already.</returns>
    public async Task<bool> TryStartAsync(string machine, string name, string input)
    {
        var arn = MachineArn(machine);
        if (engine.FindExecution(arn, name) is not null)
        {
            return false;
        }

        try
        {
            await engine.StartAsync(arn, name, input);
            return true;
        }
        catch (ExecutionAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>Waits for the end, and for what the end sets off.</summary>
    public async Task<ExecutionLine> WaitAsync(string arn, CancellationToken cancellationToken)
    {
        var over = await engine.WaitAsync(arn, cancellationToken);
        return ExecutionReports.Line(over.Summary, over.Cause);
    }

    public async Task RedriveAsync(string arn)
    {
        try
        {
            await engine.RedriveAsync(arn);
        }
        catch (StatesApiException e)
        {
            throw Refused(e);
        }
    }

    public IReadOnlyList<ExecutionLine> List(ExecutionFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return [.. engine.ListExecutions()
            .Where(execution => filter.Status is not { } status || string.Equals(ExecutionReports.Status(execution.Status), status, StringComparison.OrdinalIgnoreCase))
            .Where(execution => filter.Feed is not { } feed || Core.Runs.ExecutionName.IsOf(feed, execution.Name))
            .Where(execution => filter.Source is not { } source || MachineOf(execution) == source || MachineOf(execution) == SourceMachines.NameOf(source))
            .Take(filter.Limit)
            .Select(execution => ExecutionReports.Line(execution, null))];
    }

    /// <param name="name">Name, machine/name or ARN.</param>
    public ExecutionReport Show(string name)
    {
        var description = engine.DescribeExecution(ArnOf(name));
        var children = engine.ListMapRuns(description.Summary.ExecutionArn)
            .SelectMany(mapRun => engine.ListExecutions(mapRunArn: mapRun.MapRunArn))
            .Where(child => child.Status != ExecutionStatus.Succeeded)
            .Select(child => ExecutionReports.Line(child, engine.DescribeExecution(child.ExecutionArn).Cause));
        return ExecutionReports.Of(description, engine.GetHistory(description.Summary.ExecutionArn), [.. children]);
    }

    public bool Exists(string machine, string name) => engine.FindExecution(MachineArn(machine), name) is not null;

    /// <exception cref="CommandRefusedException">None, or several, have this name.</exception>
    public string ArnOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith("arn:", StringComparison.Ordinal))
        {
            return name;
        }

        var (machine, wanted) = name.Split('/') is [var first, var second] ? (first, second) : (null, name);
        var found = engine.ListExecutions().Where(execution => execution.Name == wanted
            && (machine is null || MachineOf(execution) == machine || MachineOf(execution) == SourceMachines.NameOf(machine))).ToList();
        return found switch
        {
            [var one] => one.ExecutionArn,
            [] => throw Unknown(name),
            _ => throw new CommandRefusedException(
                $"Found {found.Count} executions named '{name}': {string.Join(", ", found.Select(execution => $"'{MachineOf(execution)}/{execution.Name}'"))}.", "Nothing was done.", "Name one with its state machine."),
        };
    }

    /// <exception cref="CommandRefusedException">It has none of this name.</exception>
    public string ArnOf(string machine, string name) => engine.FindExecution(MachineArn(machine), name)?.ExecutionArn ?? throw Unknown(name);

    /// <returns>False when the token is unknown or too late.</returns>
    public Task<bool> SendTaskSuccessAsync(string taskToken, string output) => SendAsync(() => engine.SendTaskSuccessAsync(taskToken, output));

    /// <returns>False when the token is unknown or too late.</returns>
    public Task<bool> SendTaskFailureAsync(string taskToken, string error, string cause) => SendAsync(() => engine.SendTaskFailureAsync(taskToken, error, cause));

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await changes.DisposeAsync();
    }

    private static async Task<bool> SendAsync(Func<Task> send)
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
    }

    private static string MachineOf(ExecutionSummary execution) => ExecutionReports.Machine(execution.StateMachineArn);

    private static CommandRefusedException Unknown(string name) => new($"Found no execution '{name}'.", "Nothing was done.", "List them: lake executions.");

    private static CommandRefusedException Refused(StatesApiException e) => new(e.Message, "Nothing was started.", "Look: lake executions.");

    private string MachineArn(string machine) =>
        engine.ListStateMachines().FirstOrDefault(known => known.Name == machine || known.Arn == machine)?.Arn ?? throw new CommandRefusedException(
            $"Found no state machine '{machine}'; there are {string.Join(", ", engine.ListStateMachines().Select(known => $"'{known.Name}'"))}.", "Nothing was started.", "Name one of these.");
}
