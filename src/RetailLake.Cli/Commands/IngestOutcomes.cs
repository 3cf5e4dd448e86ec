using RetailLake.Local.Running;
using Spectre.Console;

namespace RetailLake.Cli.Commands;

/// <summary>The table at the end of an ingest: what each feed's execution did, and what to do about those that failed.</summary>
internal static class IngestOutcomes
{
    public static int Show(Terminal terminal, IReadOnlyList<FeedOutcome> outcomes, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new { Feeds = outcomes.Select(Json) });
        }
        else
        {
            terminal.Console.Write(TableOf(terminal, outcomes));
            foreach (var failed in outcomes.Where(outcome => !outcome.Succeeded))
            {
                Explain(terminal, failed);
            }
        }

        return outcomes.All(outcome => outcome.Succeeded) ? ExitCode.Ok : ExitCode.Failed;
    }

    public static Table TableOf(Terminal terminal, IReadOnlyList<FeedOutcome> outcomes)
    {
        var table = Tables.New(terminal, "feed", "outcome", "landed#", "valid#", "rejected#", "published#", "exported#", "control totals", "seconds#", "rows/s#");
        foreach (var outcome in outcomes)
        {
            var load = outcome.Load;
            table.Row(
                outcome.Contract, outcome.Outcome, Hop("landed"), Hop("valid"), Hop("rejected"), Hop("published"), load?.Exported is { } exported ? Tables.Count(exported) : "",
                load is null ? "" : load.Balances ? Totals(load) : "do not balance", Tables.Seconds(outcome.Duration), outcome.RowsPerSecond is { } speed ? Tables.Count(speed) : "");

            string Hop(string hop) => load is null ? "" : Tables.Count(load.Hops[hop]);
        }

        return table;
    }

    // One sum to recognise the feed by; all of them are in 'lake ledger'.
    private static string Totals(LoadReport load) => load.Measures.Where(measure => measure.Measure != "rows").ToList() is [.., var last] sums
        ? FormattableString.Invariant($"{last.Measure} {last.Hops["published"]:N2}, {sums.Count} sums balance")
        : "counts balance";

    private static void Explain(Terminal terminal, FeedOutcome failed)
    {
        terminal.Line("");
        if (failed.Execution.Length == 0)
        {
            terminal.Line($"{failed.Contract}: not started, {failed.Error}.");
            terminal.Line($"  {failed.Cause}");
            return;
        }

        terminal.Line($"{failed.Contract}: execution '{failed.Execution}' ended {failed.Status} in state '{failed.FailedState ?? "?"}' with {failed.Error}.");
        terminal.Line($"  {failed.Cause}");
        terminal.Line($"  Look: lake executions show {failed.Machine}/{failed.Execution}");
        terminal.Line($"  Mend the cause, then: lake redrive {failed.Machine}/{failed.Execution}");
    }

    public static object Json(FeedOutcome outcome) => new
    {
        outcome.Contract,
        outcome.Execution,
        outcome.Machine,
        outcome.Status,
        outcome.Outcome,
        outcome.FailedState,
        outcome.Error,
        outcome.Cause,
        Seconds = Math.Round(outcome.Duration.TotalSeconds, 3),
        outcome.RowsPerSecond,
        outcome.Load?.Hops,
        outcome.Load?.Exported,
        outcome.Load?.ExportFile,
        outcome.Load?.Measures,
        outcome.Load?.Balances,
    };
}
