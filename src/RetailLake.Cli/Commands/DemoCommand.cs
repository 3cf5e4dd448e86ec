using System.CommandLine;
using RetailLake.Local.Demonstration;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>The whole thing on one machine: a private MariaDB with three sources, files over FTP, SFTP and as uploads, all feeds, a day of changes, and the proof that nothing is lost or doubled.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandScope scope)
    {
        var rows = new Option<long>("--rows") { Description = "Order lines; everything else grows with them.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same data.", DefaultValueFactory = _ => 1 };
        var bills = new Option<long?>("--bills") { Description = "Bills that the tills sell (default: a sixteenth of the order lines, at most 60,000)." };
        var rate = new Option<double>("--bills-per-second") { Description = "How fast they sell.", DefaultValueFactory = _ => 2_000 };
        var only = new Option<bool>("--tills") { Description = "Only the tills." };
        var kafka = new KafkaSettings(takesLogin: false);
        var exit = new Option<bool>("--exit") { Description = "Leave when done instead of staying up." };
        var command = new Command("demo", "See it all: private MariaDB and FTP servers, Kafka and tills, eight sources, every feed, a day of changes, all compared with what was put in.") { rows, seed, bills, rate, only, exit };
        kafka.AddTo(command);
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working,
            host => RunAsync(scope, host, new(parsed.GetValue(rows), parsed.GetValue(seed), parsed.GetValue(bills) ?? Math.Clamp(parsed.GetValue(rows) / 16, 2_000, 60_000), parsed.GetValue(rate)), kafka.Read(parsed, scope.Terminal), parsed.GetValue(only), parsed.GetValue(exit), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(CommandScope scope, LakeHost host, DemoRequest request, KafkaOptions kafka, bool only, bool exit, bool json, CancellationToken stop)
    {
        if (scope.IsForwarded)
        {
            throw new CommandRefusedException(
                $"Found '{host.Options.Home.Folder}' up already, owned by process {Environment.ProcessId}.", "Nothing was started.", "End that process first, or name another folder with --home.");
        }

        var terminal = scope.Terminal;
        List<DemoPart> parts = only ? [] : [.. await DatabasesAsync(terminal, host, request, json, stop), .. await FilesAsync(terminal, host, request, json, stop)];
        await using var stream = await StreamDemo.StartAsync(host, request, kafka, terminal.Note, stop);
        var sold = stream is null ? null : await stream.SellAsync(request.Bills, request.BillsPerSecond, stop);
        parts.Add(Show(terminal, new DemoPart("Tills: fifty shops sell through Kafka", [], stream is null ? [] : await stream.CompareAsync(stop)), json));
        ShowSold(terminal, sold, json);
        var isRight = parts.All(part => part.IsRight);
        if (json)
        {
            terminal.WriteJson(new { IsRight = isRight, Runs = parts.Select(part => new { part.Title, Feeds = part.Feeds.Select(IngestOutcomes.Json), part.Comparisons }), Tills = sold });
        }
        else
        {
            terminal.Line("");
            terminal.Line(isRight ? "Everything is equal: nothing was lost, nothing is there twice." : "Not everything is equal; see above.");
            Advise(terminal, host);
        }

        if (!exit && isRight)
        {
            await UpCommand.StayAsync(terminal, host, stop);
        }

        return isRight ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<IReadOnlyList<DemoPart>> DatabasesAsync(Terminal terminal, LakeHost host, DemoRequest request, bool json, CancellationToken stop)
    {
        await using var demo = await DemoRun.StartAsync(host, request, terminal.Note, stop);
        return
        [
            Show(terminal, new DemoPart("First run: everything", await demo.IngestAllAsync(stop), await demo.CompareAsync(stop)), json),
            Show(terminal, new DemoPart("Second run: a day of inserts, updates, deletes and a late commit", await demo.IngestDayAsync(stop), await demo.CompareAsync(stop)), json),
        ];
    }

    private static async Task<IReadOnlyList<DemoPart>> FilesAsync(Terminal terminal, LakeHost host, DemoRequest request, bool json, CancellationToken stop)
    {
        await using var files = await FileDemo.StartAsync(host, request, terminal.Note, stop);
        return
        [
            Show(terminal, new DemoPart("Files: two days of POSLogs over FTPS, cash counts over SFTP, and uploads", await files.IngestAllAsync(stop), await files.CompareAsync(stop)), json),
            Show(terminal, new DemoPart("Files again: one restated, two late, one cut, one with a wrong trailer", await files.IngestTroubleAsync(stop), await files.CompareAsync(stop)), json),
        ];
    }

    private static DemoPart Show(Terminal terminal, DemoPart part, bool json)
    {
        if (!json)
        {
            terminal.Line("");
            terminal.Line(part.Title);
            if (part.Feeds.Count > 0)
            {
                IngestOutcomes.Show(terminal, part.Feeds, json: false);
            }

            terminal.Console.Write(ComparisonTable(terminal, part.Comparisons));
        }

        return part;
    }

    private static void ShowSold(Terminal terminal, StreamFigures? sold, bool json)
    {
        if (sold is not null && !json)
        {
            terminal.Line(FormattableString.Invariant($"{sold.Bills:N0} bills in {sold.Records:N0} records and {sold.Loads:N0} loads: {sold.BillsPerSecond:N0} bills a second."));
            terminal.Line($"From the till to a query that finds it: {Text(sold.Latency)}.");
            terminal.Line($"In the second half, when the process is warm: {Text(sold.Warm)}.");
        }
    }

    private static string Text(Latency latency) => FormattableString.Invariant(
        $"p50 {latency.P50.TotalSeconds:N2} s, p95 {latency.P95.TotalSeconds:N2} s, p99 {latency.P99.TotalSeconds:N2} s, longest {latency.Longest.TotalSeconds:N2} s");

    private static Spectre.Console.Table ComparisonTable(Terminal terminal, IReadOnlyList<TableComparison> comparisons)
    {
        var table = Tables.New(terminal, "table", "source rows#", "warehouse rows#", "in quarantine#", "sums compared#", "verdict");
        foreach (var comparison in comparisons)
        {
            table.Row(
                comparison.Table, Tables.Count(comparison.SourceRows), Tables.Count(comparison.WarehouseRows), Tables.Count(comparison.Quarantined), Tables.Count(comparison.Sums),
                comparison.IsEqual ? "equal" : $"DIFFERS: {string.Join("; ", comparison.Differences)}");
        }

        return table;
    }

    private static void Advise(Terminal terminal, LakeHost host)
    {
        terminal.Line("");
        terminal.Line("Look next:");
        terminal.Line("  lake executions                  what ran");
        terminal.Line("  lake ledger                      the loads and their books");
        terminal.Line("  lake drops                       the files that came, and what became of them");
        terminal.Line("  lake streams                     topics: positions, lag, gaps, silence");
        terminal.Line("  lake quarantine                  what was rejected, and why");
        terminal.Line("  lake sql \"SELECT channel, COUNT(*), SUM(net_amount) FROM oms.sales_order GROUP BY ALL\"");
        terminal.Line($"  {Path.Combine(host.Options.Home.Lake, "exports")}   the Manthan files");
    }

    private sealed record DemoPart(string Title, IReadOnlyList<FeedOutcome> Feeds, IReadOnlyList<TableComparison> Comparisons)
    {
        public bool IsRight => Feeds.All(feed => feed.Succeeded) && Comparisons.All(comparison => comparison.IsEqual);
    }
}
