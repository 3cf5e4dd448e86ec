using System.CommandLine;
using System.Text.Json.Nodes;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Rejected rows, and units that wait for missing ones. What is kept of them has tokens in the place of personal values already; nothing here undoes that.</summary>
internal static class QuarantineCommand
{
    /// <summary>Units listed of each feed; 'show' takes a limit.</summary>
    private const int MostHeld = 20;

    public static Command Create(CommandScope scope)
    {
        var command = new Command("quarantine", "Rejected rows, and units held for missing rows, with reasons and coordinates.");
        var list = List(scope);
        command.Subcommands.Add(list);
        command.Subcommands.Add(Show(scope));
        command.Subcommands.Add(ReleaseCommand.Create(scope));
        command.Action = list.Action;
        return command;
    }

    private static Command List(CommandScope scope)
    {
        var command = new Command("list", "Runs that rejected rows, and why; units that wait for missing rows.");
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Reading, async host =>
        {
            var runs = await host.Quarantine.ListAsync(null, stop);
            var held = await host.Held.ListAsync(null, MostHeld, stop);
            if (CommandScope.WantsJson(parsed))
            {
                scope.Terminal.WriteJson(new { Runs = runs, Held = held });
                return ExitCode.Ok;
            }

            var table = Tables.New(scope.Terminal, "contract", "execution", "rejected#", "state", "reasons (rows)");
            foreach (var run in runs)
            {
                table.Row(run.Contract, run.Execution, Tables.Count(run.Rows), run.State, string.Join(", ", run.Reasons.OrderByDescending(reason => reason.Value).Select(reason => $"{reason.Key} ({Tables.Count(reason.Value)})")));
            }

            scope.Terminal.Console.Write(table);
            HeldScreen.Show(scope.Terminal, held, withOrigins: false);
            return ExitCode.Ok;
        }, stop));
        return command;
    }

    private static Command Show(CommandScope scope)
    {
        var name = new Argument<string>("execution") { Description = "Name, or contract/name, e.g. crm.customer/customer-20261122T093000Z; or a feed, e.g. pos.bill.", HelpName = "EXECUTION|FEED" };
        var limit = new Option<int>("--limit") { Description = "How many rows, and how many held units.", DefaultValueFactory = _ => 50 };
        var command = new Command("show", "The rejected rows of one execution or feed, and what its feed holds.") { name, limit };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Reading, host => ShowAsync(scope.Terminal, host, parsed.GetRequiredValue(name), parsed.GetValue(limit), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> ShowAsync(Terminal terminal, LakeHost host, string name, int limit, bool json, CancellationToken stop)
    {
        var feed = host.Named.FeedOf(name)?.Id;
        var (owner, execution) = feed is null ? NamedWork.Split(name) : (null, null);
        var runs = (await host.Quarantine.ListAsync(feed, stop)).Where(run => (execution is null || run.Execution == execution) && (owner is null || NamedWork.IsOwner(owner, run.Contract))).ToList();
        if (runs.Count == 0 && (await host.Named.FindAsync(name, stop)).Count == 0)
        {
            throw new CommandRefusedException($"Found no feed and no planned execution '{name}'.", "Nothing was shown.", "List them: lake quarantine list, lake executions.");
        }

        var held = await host.Held.ListAsync(feed is null ? [.. runs.Select(run => run.Contract)] : [feed], limit, stop);
        var rejects = new List<(string Table, JsonObject Reject)>();
        foreach (var run in runs)
        {
            await foreach (var reject in host.Quarantine.ReadAsync(run, stop).Take(limit - rejects.Count))
            {
                rejects.Add(reject);
            }
        }

        if (json)
        {
            terminal.WriteJson(new { Execution = execution, Rows = runs.Sum(run => run.Rows), Rejects = rejects.Select(reject => new { reject.Table, reject.Reject }), Held = held });
            return ExitCode.Ok;
        }

        var table = Tables.New(terminal, "table", "row#", "key", "reasons", "landed in");
        foreach (var (from, reject) in rejects)
        {
            table.Row(from, reject["row"]?.ToString(), Pairs(reject["key"]), Reasons(reject["reasons"]), reject["object"]?.ToString());
        }

        terminal.Console.Write(table);
        terminal.Note($"{rejects.Count:N0} of {runs.Sum(run => run.Rows):N0} rejected rows.");
        HeldScreen.Show(terminal, held, withOrigins: true);
        return ExitCode.Ok;
    }

    private static string Pairs(JsonNode? key) => string.Join(", ", (key as JsonObject ?? []).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Reasons(JsonNode? reasons) => string.Join("; ", (reasons as JsonArray ?? []).Select(reason => $"{reason?["column"]}: {reason?["code"]}, expected {reason?["expected"]}".TrimStart(':', ' ')));
}
