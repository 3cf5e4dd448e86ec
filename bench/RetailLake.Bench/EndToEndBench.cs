using System.Globalization;
using RetailLake.Local.DuckDb;
using RetailLake.Local.Running;

namespace RetailLake.Bench;

/// <summary>One big ingest of the demo's bills, lines and payments through the whole host: plan, land, validate, transform, audit, load, export.</summary>
internal static class EndToEndBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var lines = arguments is [var count, ..] ? long.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        var memory = arguments is [_, var limit, ..] ? limit : DuckDbOptions.DefaultMemoryLimit;
        var folder = Directory.CreateTempSubdirectory("bench-e2e-").FullName;
        try
        {
            await using var server = await BillSource.StartAsync(folder);
            await server.FillAsync(lines, withBills: true);
            var options = new HostOptions
            {
                App = BillSource.App, Home = server.NewHome(Path.Join(folder, "home")), ContractFolders = [Path.Join(BillSource.App, "contracts")], MemoryLimit = memory,
            };
            await using var host = await LakeHost.OpenAsync(options, HostMode.Working, default);
            using var watch = new WorkingSetWatch();
            foreach (var what in (string[])["everything", "nothing new"])
            {
                var cpu = Environment.CpuUsage.TotalTime;
                var outcome = (await host.Ingest.RunAsync([new("oms", null)], _ => { }, default))[0];
                if (!outcome.Succeeded)
                {
                    Console.Error.WriteLine($"{outcome.FailedState} failed with {outcome.Error}: {outcome.Cause}");
                    return 1;
                }

                Report(what, outcome, host.Executions.Show($"{outcome.Machine}/{outcome.Execution}"), watch, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            }

            Console.WriteLine($"peak RSS of the process: {StepMeter.PeakMegabytes():N0} MB, DuckDB's limit {memory}; {Environment.ProcessorCount} processors shared with the server");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(string what, FeedOutcome outcome, ExecutionReport report, WorkingSetWatch watch, double cpu)
    {
        var seconds = outcome.Duration.TotalSeconds;
        var rows = outcome.Load?.Hops["landed"] ?? 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {outcome.Outcome}, {rows:N0} rows in {seconds:N2} s = {rows / seconds:N0} rows/s, {cpu:N1} s of CPU; far goal 300,000 rows/s on two idle cores"));
        foreach (var visit in report.States.Where(visit => visit.Exited - visit.Entered > TimeSpan.FromMilliseconds(5)))
        {
            var spent = ((visit.Exited ?? visit.Entered) - visit.Entered).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {visit.State,-22} {spent,8:N2} s {spent / seconds,6:P0} {watch.CpuSeconds(visit.Entered, visit.Exited ?? visit.Entered),8:N2} s of CPU   up to {watch.PeakMegabytes(visit.Entered, visit.Exited ?? visit.Entered):N0} MB"));
        }
    }
}
