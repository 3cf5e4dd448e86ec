using System.CommandLine;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class IngestCommand
{
    public static Command Create(CommandScope scope)
    {
        var what = new Argument<string>("source") { Description = "A source, or one of its feeds: 'crm' or 'crm/customer'.", HelpName = "SOURCE[/FEED]" };
        var command = new Command("ingest", "Run a source's state machine for its feeds, wait, and show what came of it.") { what };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working, host => RunAsync(scope.Terminal, host, parsed.GetRequiredValue(what), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string what, bool json, CancellationToken stop)
    {
        var (source, feed) = what.Split('/', '.') is [var first, var second] ? (first, second) : (what, null);
        var outcomes = await host.Ingest.RunAsync([new(source, feed)], terminal.Note, stop);
        return IngestOutcomes.Show(terminal, outcomes, json);
    }
}
