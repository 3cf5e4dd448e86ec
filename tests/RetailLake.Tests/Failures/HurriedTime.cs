namespace RetailLake.Tests.Failures;

/// <summary>The system's clock, which jumps over the pauses before retries: five attempts at an unreachable server take no minute here.</summary>
/// <remarks>Pauses have jitter, so they are no whole number of seconds; time limits are whole ones and stay as they are.</remarks>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan Shown = TimeSpan.FromMilliseconds(5);

    private long jumped;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref jumped));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan || dueTime < TimeSpan.FromMilliseconds(200) || dueTime.Ticks % TimeSpan.TicksPerSecond == 0 || dueTime > TimeSpan.FromMinutes(3))
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        var until = GetUtcNow() + dueTime;
        return System.CreateTimer(
            inner =>
            {
                var left = (until - GetUtcNow()).Ticks;
                if (left > 0)
                {
                    Interlocked.Add(ref jumped, left);
                }

                callback(inner);
            },
            state, Shown, period);
    }
}
