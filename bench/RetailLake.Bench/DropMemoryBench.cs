using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RetailLake.Local.Home;

namespace RetailLake.Bench;

/// <param name="Kind"><c>xml</c> | <c>xml-lean</c> | <c>flat</c></param>
internal sealed record DropPeak(string Kind, int Megabytes, double PeakMegabytes, double CpuSeconds);

/// <summary>Peak memory (VmHWM) of landing, validating and transforming one drop, by its size, every figure from a process of its own: it must not follow the bytes.</summary>
internal static class DropMemoryBench
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <param name="arguments"><c>[--json] [megabytes...]</c></param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["child", var home, var drop, var size])
        {
            return await ChildAsync(new(home), drop, int.Parse(size, CultureInfo.InvariantCulture));
        }

        List<int> sizes = [.. arguments.Where(argument => argument[0] != '-').Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))];
        List<DropPeak> peaks = [];
        foreach (var kind in new[] { BenchDrops.Xml, BenchDrops.Lean, BenchDrops.Flat })
        {
            foreach (var megabytes in sizes is [] ? [100, 300, 1_000] : sizes)
            {
                peaks.Add(await MeasureAsync(kind, megabytes));
            }
        }

        if (arguments.Contains("--json"))
        {
            Console.WriteLine(JsonSerializer.Serialize(peaks, Web));
            return 0;
        }

        foreach (var peak in peaks)
        {
            var first = peaks.First(other => other.Kind == peak.Kind);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{peak.Kind,-8} {peak.Megabytes,6:N0} MB   peak RSS {peak.PeakMegabytes,4:N0} MB   {peak.PeakMegabytes / first.PeakMegabytes:N2}x   {peak.CpuSeconds,6:N1} s of CPU"));
        }

        Console.WriteLine("goals: at most 256 MB and 1.10x");
        return 0;
    }

    private static async Task<DropPeak> MeasureAsync(string kind, int megabytes)
    {
        var home = new LakeHome(Directory.CreateTempSubdirectory("bench-drop-memory-").FullName).Create();
        try
        {
            await BenchDrops.LandAsync(home, kind, 1, megabytes);
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["drop-memory", "child", home.Folder, kind, megabytes.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
            var said = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            return child.ExitCode == 0 ? JsonSerializer.Deserialize<DropPeak>(said, Web)! : throw new InvalidOperationException($"The measured process ended with {child.ExitCode}: {said}");
        }
        finally
        {
            Directory.Delete(home.Folder, recursive: true);
        }
    }

    private static async Task<int> ChildAsync(LakeHome home, string kind, int megabytes)
    {
        await using var functions = new SliceFunctions(home, BenchDrops.Contract(kind));
        await functions.RunAsync(await functions.PlanDropsAsync("bench"), SliceFunctions.Land, SliceFunctions.Validate, SliceFunctions.Transform);
        Console.WriteLine(JsonSerializer.Serialize(new DropPeak(kind, megabytes, StepMeter.PeakMegabytes(), Environment.CpuUsage.TotalTime.TotalSeconds), Web));
        return 0;
    }
}
