using System.CommandLine;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class ExecutionsCommand
{
    public static Command Create(CommandScope scope)
    {
        var source = new Option<string?>("--source") { Description = "Only of this source or state machine." };
        var feed = new Option<string?>("--feed") { Description = "Only of this feed." };
        var status = new Option<string?>("--status") { Description = "RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED." };
        status.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");
        var limit = new Option<int>("--limit") { Description = "How many, the latest first.", DefaultValueFactory = _ => 50 };
        var command = new Command("executions", "What ran, and how it ended.") { source, feed, status, limit };
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Reading, host =>
        {
            var filter = new ExecutionFilter(parsed.GetValue(source), parsed.GetValue(feed), parsed.GetValue(status), parsed.GetValue(limit));
            return Task.FromResult(ExecutionScreens.List(scope.Terminal, host.Executions.List(filter), CommandScope.WantsJson(parsed)));
        }, stop));
        command.Subcommands.Add(Show(scope));
        return command;
    }

    private static Command Show(CommandScope scope)
    {
        var name = new Argument<string>("name") { Description = "Name, machine/name or ARN.", HelpName = "EXECUTION" };
        var events = new Option<bool>("--events") { Description = "Show every history event." };
        var command = new Command("show", "One execution: states with timings, error, and whether it can be redriven.") { name, events };
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Reading, host =>
        {
            ExecutionScreens.Show(scope.Terminal, host.Executions.Show(parsed.GetRequiredValue(name)), parsed.GetValue(events), CommandScope.WantsJson(parsed));
            return Task.FromResult(ExitCode.Ok);
        }, stop));
        return command;
    }
}
