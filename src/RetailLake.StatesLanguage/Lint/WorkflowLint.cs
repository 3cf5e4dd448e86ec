using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.States;

namespace RetailLake.StatesLanguage;

/// <summary>Rules that keep a workflow redrivable and its tasks patient with Lambda.</summary>
public static class WorkflowLint
{
    public const string CatchToFail = "CatchToFail";
    public const string ChoiceToFail = "ChoiceToFail";
    public const string TaskTimeout = "TaskTimeout";
    public const string TaskRetrier = "TaskRetrier";
    public const string MachineTimeout = "MachineTimeout";

    private static readonly string[] LambdaErrors =
    [
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.TooManyRequestsException",
    ];

    /// <summary>The definition must be one the engine accepts; any Task resource passes.</summary>
    public static IReadOnlyList<LintFinding> Check(string name, string definition)
    {
        var machine = DefinitionParser.Parse(name, definition, [new AnyTask()]);
        var findings = new List<LintFinding>();
        if (machine.TimeoutSeconds is null)
        {
            findings.Add(new(MachineTimeout, null, "Found no TimeoutSeconds, expected one: an execution that hangs is noticed by nobody."));
        }

        CheckMachine(machine, findings);
        return findings;
    }

    private static void CheckMachine(Machine machine, List<LintFinding> findings)
    {
        foreach (var state in machine.States.Values)
        {
            if (state is AttemptingState attempting)
            {
                CheckFails(machine, state, attempting.Catchers.Select(catcher => catcher.Next), CatchToFail, "Catch", findings);
            }

            if (state is ChoiceState choice)
            {
                CheckFails(machine, state, choice.Branches, ChoiceToFail, "Choice", findings);
            }

            if (state is TaskState task)
            {
                CheckTask(task, findings);
            }

            foreach (var inner in state.Inner)
            {
                CheckMachine(inner, findings);
            }
        }
    }

    private static void CheckFails(Machine machine, State state, IEnumerable<string> targets, string rule, string by, List<LintFinding> findings)
    {
        foreach (var target in targets.Distinct(StringComparer.Ordinal))
        {
            if (StraightToFail(machine, target) is { } way)
            {
                findings.Add(new(rule, state.Name, $"Found {by} → {string.Join(" → ", way)}, "
                    + "which ends in a Fail state: a redrive enters it again and fails again. Let the task throw, "
                    + "and raise the alarm from the status change."));
            }
        }
    }

    // Another Choice on the way is reported by itself.
    private static List<string>? StraightToFail(Machine machine, string from)
    {
        var way = new List<string>();
        for (var name = from; name is not null && !way.Contains(name); name = machine.States[name].Next)
        {
            way.Add(name);
            if (machine.States[name] is FailState)
            {
                return way;
            }
        }

        return null;
    }

    private static void CheckTask(TaskState task, List<LintFinding> findings)
    {
        if (!task.HasTimeout)
        {
            findings.Add(new(TaskTimeout, task.Name, "Found no TimeoutSeconds, expected one: the default waits for years."));
        }

        var patient = task.Retriers.FirstOrDefault(retrier => LambdaErrors.All(retrier.ErrorEquals.Contains));
        if (patient is null)
        {
            findings.Add(new(TaskRetrier, task.Name, $"Found no retrier that names all of {string.Join(", ", LambdaErrors)}, "
                + "expected one: Lambda raises them in passing."));
        }
        else if (!patient.FullJitter || patient.MaxDelaySeconds is null)
        {
            findings.Add(new(TaskRetrier, task.Name,
                "Found a retrier for the Lambda errors without JitterStrategy FULL or MaxDelaySeconds, "
                    + "expected both: executions that failed together must not come back together."));
        }
    }

    private sealed class AnyTask : ITaskIntegration
    {
        public bool Handles(string resource) => true;

        public Task<System.Text.Json.Nodes.JsonNode?> InvokeAsync(TaskInvocation invocation, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A definition that is linted is not run.");
    }
}
