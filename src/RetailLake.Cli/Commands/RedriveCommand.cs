using System.CommandLine;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class RedriveCommand
{
    public static Command Create(CommandScope scope)
    {
        var name = new Argument<string>("name") { Description = "Name, machine/name or ARN.", HelpName = "EXECUTION" };
        var command = new Command("redrive", "Go on with a failed execution from the state that failed, under its stored plan; one that runs is waited for first.") { name };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working, host => RunAsync(scope.Terminal, host, parsed.GetRequiredValue(name), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string name, bool json, CancellationToken stop)
    {
        // Interrupted by the end of a process, it goes on by itself when the home is opened: nothing is to be redriven unless that fails.
        var arn = host.Executions.ArnOf(name);
        if (!host.Executions.Show(arn).Summary.IsOver)
        {
            terminal.Note($"'{name}' is running; waits for its end.");
            if ((await host.Executions.WaitAsync(arn, stop)).Succeeded)
            {
                return ExecutionScreens.Ended(terminal, host.Executions.Show(arn), json);
            }
        }

        var redrive = await host.Redrives.RedriveAsync(arn, stop);
        terminal.Note(redrive.Plan is { } plan
            ? $"Redrives '{redrive.Execution.Name}' under its stored plan: contract '{plan.Contract}' v{plan.ContractVersion}, {plan.Slices.Count} slices, planned {plan.PlannedAt:yyyy-MM-dd HH:mm:ss}Z. Steps that succeeded are not repeated."
            : $"Redrives '{redrive.Execution.Name}'; it has no plan yet and will make one.");
        var over = await host.Executions.WaitAsync(redrive.Execution.Arn, stop);
        return ExecutionScreens.Ended(terminal, host.Executions.Show(over.Arn), json);
    }
}
