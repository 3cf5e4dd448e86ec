using System.CommandLine;
using System.Globalization;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Delivered files: uploads that were not taken in, drops that wait for their load, and what became of the others. Looks only.</summary>
internal static class DropsCommand
{
    public static Command Create(CommandScope scope)
    {
        var feed = new Argument<string?>("feed") { Description = "Only this source or feed, e.g. crt or crt/bill.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit") { Description = "How many drops, the latest first.", DefaultValueFactory = _ => 50 };
        var command = new Command("drops", "Delivered files: what waits, what counts, what was refused and why.") { feed, limit };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Reading, host => RunAsync(scope.Terminal, host, parsed.GetValue(feed), parsed.GetValue(limit), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string? feed, int limit, bool json, CancellationToken stop)
    {
        var drops = await host.DropReports.ListAsync(feed, limit, stop);
        var uploads = await host.PendingFiles.ListAsync(feed?.Split('.', '/')[0], stop);
        if (json)
        {
            terminal.WriteJson(new { Uploads = uploads, Drops = drops });
            return ExitCode.Ok;
        }

        var table = Tables.New(terminal, "at", "feed", "state", "name", "version#", "bytes#", "rows#", "execution", "why");
        foreach (var upload in uploads)
        {
            table.Row(null, upload.Contract, upload.State, upload.Name, null, null, null, null, upload.Why);
        }

        foreach (var drop in drops)
        {
            table.Row(
                drop.At.UtcDateTime.ToString("MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), drop.Contract, drop.State, Plain(drop.Name), drop.Version.ToString(CultureInfo.InvariantCulture),
                Tables.Count(drop.Bytes), Tables.Count(drop.Rows), drop.Execution, drop.Why is { } why ? Plain(why) : null);
        }

        terminal.Console.Write(table);
        return ExitCode.Ok;
    }

    /// <summary>A name is the sender's: what would steer the terminal, or turn the text around, is shown as a mark.</summary>
    private static string Plain(string text) => string.Concat(text.Select(character => char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format ? '\uFFFD' : character));
}
