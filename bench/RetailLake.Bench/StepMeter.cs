using System.Diagnostics;
using System.Globalization;

namespace RetailLake.Bench;

/// <summary>CPU and wall seconds of this process by step; medians over the rounds.</summary>
/// <param name="of">What the seconds are told for a million of.</param>
internal sealed class StepMeter(long rows, string of = "M rows")
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, List<(double Cpu, double Wall)>> steps = [];

    public async Task MeasureAsync(string step, Func<Task> work)
    {
        GC.Collect();
        var (cpu, wall) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        var spent = ((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(wall).TotalSeconds);
        if (!steps.TryGetValue(step, out var measured))
        {
            steps[step] = measured = [];
            order.Add(step);
        }

        measured.Add(spent);
    }

    public double Cpu(string step) => Median(steps[step].Select(spent => spent.Cpu));

    public double LastCpu(string step) => steps[step][^1].Cpu;

    public double LastWall(string step) => steps[step][^1].Wall;

    public void Report()
    {
        Console.WriteLine($"step       {$"CPU s/{of}",13} {$"wall s/{of}",15} {$"min CPU s/{of}",16} {"rounds",8}");
        foreach (var step in order)
        {
            var measured = steps[step];
            var scale = 1e6 / rows;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{step,-10} {Cpu(step) * scale,13:N2} {Median(measured.Select(spent => spent.Wall)) * scale,15:N2} {measured.Min(spent => spent.Cpu) * scale,16:N2} {measured.Count,8}"));
        }

        Console.WriteLine($"peak RSS of the process: {PeakMegabytes():N0} MB");
    }

    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
