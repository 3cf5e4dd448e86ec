using System.CommandLine;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class RerunCommand
{
    public static Command Create(CommandScope scope)
    {
        var name = new Argument<string>("name") { Description = "Name, machine/name or ARN of an execution that is over.", HelpName = "EXECUTION" };
        var command = new Command("rerun", "Start the same feed again as a new execution, with a fresh plan under today's contract.") { name };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working, host => RunAsync(scope.Terminal, host, parsed.GetRequiredValue(name), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string name, bool json, CancellationToken stop)
    {
        var started = await host.Redrives.RerunAsync(name, stop);
        terminal.Note($"Runs '{name}' again as '{started}' with a fresh plan.");
        var over = await host.Executions.WaitAsync(started, stop);
        return ExecutionScreens.Ended(terminal, host.Executions.Show(over.Arn), json);
    }
}
