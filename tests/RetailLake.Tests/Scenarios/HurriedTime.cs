namespace RetailLake.Tests.Scenarios;

/// <summary>The real clock whose waits pass faster: retries with their back-off take a test milliseconds.</summary>
internal sealed class HurriedTime(int times = 20) : TimeProvider
{
    // Limits of minutes stay limits: what is waited for that long would be a hang.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= Short ? dueTime / times : dueTime, period);
}
