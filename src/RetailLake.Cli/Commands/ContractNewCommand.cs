using System.CommandLine;
using RetailLake.Core.Contracts;
using RetailLake.Local.Running;
using RetailLake.Sources.MySql;

namespace RetailLake.Cli.Commands;

/// <summary>A first contract from the tables of a database, for a person to review.</summary>
internal static class ContractNewCommand
{
    public static Command Create(CommandScope scope)
    {
        var url = new Argument<string>("url") { Description = "mysql://user:password@host:3306/database, user and password percent-encoded.", HelpName = "MYSQL-URL" };
        var tables = new Option<string[]>("--table") { Description = "A table; the parent first, then those that belong to its rows.", Required = true, HelpName = "TABLE" };
        var source = new Option<string?>("--source") { Description = "Name of the source; default: the folder of --out, else the database's." };
        var feed = new Option<string?>("--feed") { Description = "Name of the feed; default: the file of --out, else the first table's." };
        var file = new Option<string?>("--out") { Description = "File to write, e.g. contracts/crm/customer.odcs.yaml; default: standard output.", HelpName = "FILE" };
        var command = new Command("new", "Draft a contract from tables as they are.") { url, tables, source, feed, file };
        command.SetAction(async (parsed, stop) =>
        {
            var request = ContractDraftRequest.FromUri(parsed.GetRequiredValue(url), parsed.GetRequiredValue(tables)) ?? throw new CommandRefusedException(
                "Found an address of another form; expected mysql://user:password@host:3306/database.", "Nothing was read.", "Correct it; percent-encode user and password.");
            var draft = await ContractDraft.WriteAsync(request with { Source = parsed.GetValue(source) ?? FolderOf(parsed.GetValue(file)), Feed = parsed.GetValue(feed) ?? FeedOf(parsed.GetValue(file)) }, stop);
            return await WriteAsync(scope.Terminal, draft, parsed.GetValue(file), stop);
        });
        return command;
    }

    // The loader wants a contract's id to be its place, so a place is a name.
    private static string? FolderOf(string? file) => FeedOf(file) is null ? null : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file!)));

    private static string? FeedOf(string? file) =>
        Path.GetFileName(file) is { } name && name.EndsWith(ContractLoader.Ending, StringComparison.Ordinal) ? name[..^ContractLoader.Ending.Length] : null;

    private static async Task<int> WriteAsync(Terminal terminal, DraftedContract draft, string? file, CancellationToken stop)
    {
        if (file is null)
        {
            terminal.Line(draft.Yaml);
        }
        else
        {
            var path = terminal.Resolve(file);
            if (File.Exists(path))
            {
                throw new CommandRefusedException($"Found '{path}' there already.", "Nothing was written.", "Name another file, or remove that one.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, draft.Yaml, stop);
            terminal.Note($"Wrote '{path}'. Read it: keys, personal columns, time zone and rules are guesses. Then: lake contract check");
        }

        foreach (var problem in draft.Check.Problems)
        {
            terminal.Note(problem.ToString());
        }

        return draft.Check.IsClean ? ExitCode.Ok : ExitCode.Failed;
    }
}
