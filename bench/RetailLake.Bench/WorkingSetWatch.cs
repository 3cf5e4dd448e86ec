namespace RetailLake.Bench;

/// <summary>Looks at this process's resident memory and CPU time ten times a second, to say which state needed them.</summary>
internal sealed class WorkingSetWatch : IDisposable
{
    private readonly List<(DateTimeOffset At, double Megabytes, double CpuSeconds)> seen = [];
    private readonly Timer timer;

    public WorkingSetWatch() => timer = new(_ =>
    {
        lock (seen)
        {
            seen.Add((TimeProvider.System.GetUtcNow(), Environment.WorkingSet / 1e6, Environment.CpuUsage.TotalTime.TotalSeconds));
        }
    }, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

    public double PeakMegabytes(DateTimeOffset from, DateTimeOffset to)
    {
        lock (seen)
        {
            return seen.Where(look => look.At >= from && look.At <= to.AddMilliseconds(100)).Select(look => look.Megabytes).DefaultIfEmpty().Max();
        }
    }

    public double CpuSeconds(DateTimeOffset from, DateTimeOffset to) => Until(to) - Until(from);

    public void Dispose() => timer.Dispose();

    private double Until(DateTimeOffset moment)
    {
        lock (seen)
        {
            return seen.Where(look => look.At <= moment).Select(look => look.CpuSeconds).DefaultIfEmpty().Max();
        }
    }
}
