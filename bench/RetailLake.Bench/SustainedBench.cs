using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Local.Demo.Pos;
using RetailLake.Local.Home;
using RetailLake.Local.Kafka;
using RetailLake.Local.Owner;
using RetailLake.Tests.Kafka;

namespace RetailLake.Bench;

/// <summary>
/// Tills that sell at a steady rate for minutes, a broker, and <c>lake up</c>, each but the tills a process of its own: from the till to the query that finds the bill, and what
/// <c>lake up</c> keeps in memory, minute by minute.
/// </summary>
internal static class SustainedBench
{
    private const double LatencyGoal = 5;
    private const double MemoryGoal = 1.10;

    /// <summary>Until then code is compiled and caches fill.</summary>
    private const int WarmMinutes = 5;

    /// <summary>Beyond it the rate did not hold.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <param name="arguments"><c>[minutes] [bills a second]</c></param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var minutes = arguments is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 30;
        var rate = arguments is [_, var second, ..] ? double.Parse(second, CultureInfo.InvariantCulture) : 1_000;
        var folder = Directory.CreateTempSubdirectory("bench-sustained-").FullName;
        try
        {
            return await MeasureAsync(folder, minutes, rate);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string folder, int minutes, double rate)
    {
        var home = new LakeHome(Path.Join(folder, "home")).Create();
        await using var broker = await BrokerProcess.StartAsync(UpRunner.Program, Path.Join(folder, "broker"), 0, default);
        await using var up = UpRunner.Start(home, Path.Join(folder, "app"), broker.Bootstrap);
        var landed = new LandedFolder(home);
        await using Tills tills = new(broker.Bootstrap, Path.Join(folder, "tills"), 1, landed.EndOf, TimeProvider.System, Console.Error.WriteLine);
        var watch = new SustainedWatch(tills, () => PositionsAsync(home));
        await up.IsUpAsync(() => PositionsAsync(home));

        var bills = (long)(minutes * 60 * rate);
        tills.Start(rate, bills);
        var (all, memory, cpu) = (new LatencyHistogram(), new List<(double All, double DuckDb)>(), up.CpuSeconds);
        Console.WriteLine("minute   records/s      p50      p95      p99  longest   lake up RSS  in DuckDB   its CPU");
        for (var minute = 1; minute <= minutes; minute++)
        {
            var end = TimeProvider.System.GetTimestamp() + (TimeProvider.System.TimestampFrequency * 60);
            while (TimeProvider.System.GetTimestamp() < end)
            {
                await watch.LookAsync();
                await Task.Delay(Look);
            }

            memory.Add((up.Megabytes, await DuckDbMegabytesAsync(home)));
            Report($"{minute,6}", watch.Minute, $"{memory[^1].All,11:N0} MB {memory[^1].DuckDb,7:N0} MB {(up.CpuSeconds - cpu) / 60,9:P0}");
            cpu = up.CpuSeconds;
            if (minute > 1)
            {
                all.Add(watch.Minute);
            }

            watch.Minute.Clear();
        }

        var sold = TimeProvider.System.GetTimestamp();
        while (tills.Bills < bills || !tills.IsSent || !watch.IsAllLoaded)
        {
            if (TimeProvider.System.GetElapsedTime(sold) > Patience)
            {
                Console.Error.WriteLine($"Found bills that no query finds {Patience.TotalMinutes:N0} minutes after the tills closed; expected all of them. Sell fewer a second.");
                return 1;
            }

            await watch.LookAsync();
            await Task.Delay(Look);
        }

        await PrintAsync(home, tills, all, memory, rate, up);
        return 0;
    }

    private static async Task PrintAsync(LakeHome home, Tills tills, LatencyHistogram all, List<(double All, double DuckDb)> memory, double rate, UpRunner up)
    {
        var found = await QueryAsync(home, "SELECT COUNT(*) AS n FROM pos.bill");
        var planted = tills.Planted().Single(table => table.Table == "bill").Valid;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"bills in the warehouse {found?[0]!["n"]} of {planted}; {rate:N0} bills/s, {Environment.ProcessorCount} processors shared by tills, broker and lake"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after the first minute: p95 {all.Seconds(0.95):N2} s, goal {LatencyGoal:N0} s"));
        if (memory.Count > WarmMinutes)
        {
            var (whole, own) = (Growth(memory.Select(minute => minute.All)), Growth(memory.Select(minute => minute.All - minute.DuckDb)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"memory, last {WarmMinutes} minutes / {WarmMinutes} minutes from minute {WarmMinutes}: {whole:N2}x, without DuckDB's buffers, which fill up to --memory, {own:N2}x; goal {MemoryGoal:N2}x; peak {up.PeakMegabytes:N0} MB"));
        }
    }

    private static double Growth(IEnumerable<double> minutes)
    {
        var warm = minutes.Skip(WarmMinutes - 1).ToList();
        return warm.TakeLast(WarmMinutes).Average() / warm.Take(WarmMinutes).Average();
    }

    private static async Task<double> DuckDbMegabytesAsync(LakeHome home) =>
        (await QueryAsync(home, "SELECT CAST(SUM(memory_usage_bytes) AS BIGINT) AS b FROM duckdb_memory()"))?[0]!["b"]!.GetValue<long>() / 1048576.0 ?? double.NaN;

    private static void Report(string what, LatencyHistogram of, string rest) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what} {of.Count / 60.0,11:N0} {of.Seconds(0.5),8:N2} {of.Seconds(0.95),8:N2} {of.Seconds(0.99),8:N2} {of.Longest / 1000.0,8:N2} {rest}"));

    private static Task<JsonArray?> PositionsAsync(LakeHome home) =>
        QueryAsync(home, $"SELECT \"partition\" AS p, next_offset AS n FROM ops.stream_position WHERE contract = 'pos.bill' AND topic = '{Tills.Topic}'");

    /// <summary>Asked of the running process; null while it does not answer or has no such table.</summary>
    private static async Task<JsonArray?> QueryAsync(LakeHome home, string sql)
    {
        using StringWriter output = new(), error = new();
        var exit = await OwnerClient.TryRunAsync(home, new(["sql", sql, "--json", "--home", home.Folder], home.Folder, 0), output, error, default);
        return exit == 0 ? JsonNode.Parse(output.ToString())!.AsArray() : null;
    }
}
