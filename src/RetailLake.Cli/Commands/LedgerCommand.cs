using System.CommandLine;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class LedgerCommand
{
    private static readonly string[] Shown = ["source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published"];

    public static Command Create(CommandScope scope)
    {
        var contract = new Argument<string?>("contract") { Description = "Only this contract, e.g. oms.order.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit") { Description = "How many loads, the latest first.", DefaultValueFactory = _ => 50 };
        var command = new Command("ledger", "The loads: rows by hop, and whether the books balance.") { contract, limit };
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Reading, async host =>
            Show(scope.Terminal, await host.Loads.LatestAsync(parsed.GetValue(contract), parsed.GetValue(limit), stop), CommandScope.WantsJson(parsed)), stop));
        return command;
    }

    private static int Show(Terminal terminal, IReadOnlyList<LoadReport> loads, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new { Loads = loads });
        }
        else
        {
            var table = Tables.New(terminal, ["loaded", "contract", "execution", "drops", .. Shown.Select(hop => $"{hop}#"), "exported#", "books"]);
            foreach (var load in loads)
            {
                table.Row([
                    load.LoadedAt.UtcDateTime.ToString("MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), load.Contract, load.Execution, Drops(load.Drops),
                    .. Shown.Select(hop => load.Hops[hop] == 0 ? "·" : Tables.Count(load.Hops[hop])), load.Exported is { } exported ? Tables.Count(exported) : "",
                    load.Balances ? "balance" : "DO NOT BALANCE",
                ]);
            }

            terminal.Console.Write(table);
            foreach (var line in loads.SelectMany(load => load.Imbalances.Select(imbalance => $"{load.Contract} {load.Execution}: {imbalance}")))
            {
                terminal.Line(line);
            }
        }

        return loads.All(load => load.Balances) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Drops(DropCounts? drops) => drops is null ? "" : string.Join(", ", new[] { (drops.Loaded, "loaded"), (drops.Superseded, "superseded"), (drops.Duplicate, "duplicate"), (drops.Refused, "refused"), (drops.Released, "released again") }
        .Where(part => part.Item1 > 0).Select(part => $"{Tables.Count(part.Item1)} {part.Item2}"));
}
