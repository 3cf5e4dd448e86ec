using System.CommandLine;
using System.Globalization;
using RetailLake.Functions;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>The way out of quarantine: contract or data are mended, and what was refused or rejected goes the same way again.</summary>
internal static class ReleaseCommand
{
    public static Command Create(CommandScope scope)
    {
        var what = new Argument<string>("what") { Description = "An execution that refused or rejected, or a feed: 'grn-20261122T093000Z', 'gp.grn'.", HelpName = "EXECUTION|FEED" };
        var drops = new Option<string[]>("--drop") { Description = "Only this drop, by its id or name (the latest of that name); may be given again, and names drops without rejects too.", HelpName = "ID|NAME" };
        var by = new Option<string>("--by") { Description = "Who releases; kept in the ledger.", DefaultValueFactory = _ => Environment.UserName, HelpName = "NAME" };
        var command = new Command("release", "Load again what was refused or rejected, under today's contract, and show what came of it.") { what, drops, by };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working, host => RunAsync(scope.Terminal, host, parsed.GetRequiredValue(what), parsed.GetValue(drops) ?? [], parsed.GetRequiredValue(by), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string what, IReadOnlyList<string> drops, string by, bool json, CancellationToken stop)
    {
        await host.HeldReleases.RefuseAsync(what, stop);
        var (released, outcomes) = await host.Releases.RunAsync(what, drops, by, terminal.Note, stop);
        var told = await host.DropReports.OfReleasesAsync(released.Contract, [.. released.Drops.Select(drop => (drop.Id, drop.Release))], stop);
        if (json)
        {
            terminal.WriteJson(new { released.Contract, released.From, Drops = told, released.Left, Feeds = outcomes.Select(IngestOutcomes.Json) });
            return outcomes.All(outcome => outcome.Succeeded) ? ExitCode.Ok : ExitCode.Failed;
        }

        Show(terminal, released, told);
        return IngestOutcomes.Show(terminal, outcomes, json);
    }

    private static void Show(Terminal terminal, ReleaseQuarantineOutput released, IReadOnlyList<DropReport> told)
    {
        if (released.From is { } from)
        {
            terminal.Note($"{released.Contract}: rows were read again from where the window of {from} began.");
            return;
        }

        var table = Tables.New(terminal, "drop", "name", "release#", "state", "rows#", "why");
        foreach (var drop in told)
        {
            var why = drop.State == "superseded" ? "a newer version of the file is published; nothing changed" : drop.Why;
            table.Row(drop.Id[..12], DropsCommand.Plain(drop.Name), drop.Releases.ToString(CultureInfo.InvariantCulture), drop.State, Tables.Count(drop.Rows), why is null ? null : DropsCommand.Plain(why));
        }

        foreach (var left in released.Left)
        {
            table.Row(left.Id[..12], DropsCommand.Plain(left.Name), null, "left", null, DropsCommand.Plain(left.Why));
        }

        terminal.Console.Write(table);
    }
}
