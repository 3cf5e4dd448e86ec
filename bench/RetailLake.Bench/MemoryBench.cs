using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RetailLake.Local.Home;

namespace RetailLake.Bench;

/// <param name="Process"><c>slices</c>: lands, validates and transforms; <c>lake</c>: the whole runner with its warehouse.</param>
internal sealed record MemoryPeak(string Process, long Lines, double PeakMegabytes, double CpuSeconds);

/// <summary>Peak memory (VmHWM) at several sizes, every figure from a process of its own: it must not follow the rows.</summary>
internal static class MemoryBench
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <param name="arguments"><c>[--json] [--slices-only] [--slice-rows=N] [lines...]</c>; at least two slices each, or the sizes differ in what runs at once.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["child", var home, var wanted, var each])
        {
            return await ChildAsync(new(home), long.Parse(wanted, CultureInfo.InvariantCulture), int.Parse(each, CultureInfo.InvariantCulture));
        }

        var (json, slicesOnly) = (arguments.Contains("--json"), arguments.Contains("--slices-only"));
        var sliceRows = arguments.FirstOrDefault(argument => argument.StartsWith("--slice-rows=", StringComparison.Ordinal))?.Split('=')[1] ?? "500000";
        List<long> sizes = [.. arguments.Where(argument => argument[0] != '-').Select(argument => long.Parse(argument, CultureInfo.InvariantCulture))];
        var folder = Directory.CreateTempSubdirectory("bench-memory-").FullName;
        List<MemoryPeak> peaks = [];
        try
        {
            await using var server = await BillSource.StartAsync(folder);
            foreach (var lines in sizes is [] ? [1_000_000, 5_000_000] : sizes)
            {
                await server.FillAsync(lines, withBills: !slicesOnly);
                peaks.Add(await MeasureAsync("slices", lines, server.NewHome(Path.Join(folder, $"slices-{lines}")), home =>
                    (Environment.ProcessPath!, ["memory", "child", home, lines.ToString(CultureInfo.InvariantCulture), sliceRows])));
                if (!slicesOnly)
                {
                    peaks.Add(await MeasureAsync("lake", lines, server.NewHome(Path.Join(folder, $"lake-{lines}")), home =>
                        (UpRunner.Program, ["ingest", "oms/order", "--home", home, "--app", BillSource.App, "--json"])));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(peaks, Web));
            return 0;
        }

        foreach (var process in peaks.GroupBy(peak => peak.Process))
        {
            var first = process.First();
            foreach (var peak in process)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{peak.Process,-8} {peak.Lines,12:N0} order lines   peak RSS {peak.PeakMegabytes,6:N0} MB   {peak.PeakMegabytes / first.PeakMegabytes:N2}x   {peak.CpuSeconds,6:N1} s of CPU"));
            }
        }

        Console.WriteLine("goals: slices at most 256 MB and 1.10x; lake at most 768 MB and 1.30x");
        return 0;
    }

    private static async Task<int> ChildAsync(LakeHome home, long rows, int sliceRows)
    {
        await using var functions = new SliceFunctions(home, BillSource.LinesContract(sliceRows));
        var plan = await functions.PlanAsync("bench");
        await functions.RunAsync(plan, SliceFunctions.Land, SliceFunctions.Validate, SliceFunctions.Transform);
        var planned = plan.Slices.Sum(slice => slice.ExpectedRows);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{planned:N0} of {rows:N0} rows in {plan.Slices.Count} slices; managed heap {GC.GetTotalMemory(false) / 1e6:N0} MB, GC holds {GC.GetGCMemoryInfo().TotalCommittedBytes / 1e6:N0} MB"));
        return planned >= rows ? 0 : 1;
    }

    private static async Task<MemoryPeak> MeasureAsync(string process, long lines, LakeHome home, Func<string, (string Program, string[] Arguments)> command)
    {
        var (program, arguments) = command(home.Folder);
        using var child = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var reading = child.StandardOutput.ReadToEndAsync();
        var (peak, cpu) = (0.0, TimeSpan.Zero);

        // The kernel's high-water mark only rises, so the last look before the end is the peak but for the last moment.
        while (!child.HasExited)
        {
            try
            {
                child.Refresh();
                (peak, cpu) = (Math.Max(peak, child.PeakWorkingSet64 / 1e6), child.TotalProcessorTime);
            }
            catch (InvalidOperationException)
            {
                break;
            }

            await Task.WhenAny(child.WaitForExitAsync(), Task.Delay(20));
        }

        await child.WaitForExitAsync();
        Directory.Delete(home.Folder, recursive: true);
        return child.ExitCode == 0
            ? new(process, lines, peak, cpu.TotalSeconds)
            : throw new InvalidOperationException($"'{Path.GetFileName(program)}' ended with {child.ExitCode}: {await reading}");
    }
}
