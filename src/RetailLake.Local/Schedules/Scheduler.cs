using System.Globalization;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Schedules;

/// <summary>Fires the template's schedules while the host is up. What was due while it was down is not made up: the next plan finds what is pending.</summary>
/// <param name="fire">Target ARN and JSON input.</param>
public sealed class Scheduler(IEnumerable<LocalSchedule> schedules, Func<LocalSchedule, string, CancellationToken, Task> fire, TimeProvider time)
{
    private const string ScheduledEvent = """{"version":"0","detail-type":"Scheduled Event","source":"aws.scheduler","time":"<aws.scheduler.scheduled-time>","detail":{}}""";

    private readonly List<(LocalSchedule Schedule, ScheduleExpression Expression)> armed =
        [.. schedules.Where(schedule => schedule.Enabled).Select(schedule => (schedule, ScheduleExpression.Parse(schedule, time.GetUtcNow())))];

    /// <summary>When each schedule is due next.</summary>
    public IReadOnlyList<(LocalSchedule Schedule, DateTimeOffset Due)> Upcoming(DateTimeOffset after) =>
        [.. armed.Select(entry => (entry.Schedule, Due: entry.Expression.After(after))).Where(entry => entry.Due is not null)
            .Select(entry => (entry.Schedule, entry.Due!.Value)).OrderBy(entry => entry.Value)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = time.GetUtcNow();
        while (!cancellationToken.IsCancellationRequested && Upcoming(last) is [var first, ..] upcoming)
        {
            await DelayAsync(first.Due, cancellationToken);
            last = first.Due;
            foreach (var (schedule, due) in upcoming.Where(entry => entry.Due == first.Due))
            {
                await fire(schedule, Input(schedule, due), cancellationToken);
            }
        }
    }

    /// <summary>EventBridge Scheduler replaces the context attributes it knows inside Input.</summary>
    internal static string Input(LocalSchedule schedule, DateTimeOffset due)
    {
        var stamp = due.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return (schedule.Input ?? ScheduledEvent)
            .Replace("<aws.scheduler.scheduled-time>", stamp, StringComparison.Ordinal)
            .Replace("<aws.scheduler.execution-id>", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("<aws.scheduler.attempt-number>", "1", StringComparison.Ordinal)
            .Replace("<aws.scheduler.schedule-arn>", $"arn:aws:scheduler:{LocalArn.Region}:{LocalArn.Account}:schedule/default/{schedule.Name}", StringComparison.Ordinal);
    }

    private async Task DelayAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        // Timers take at most 49 days, and a laptop's sleep must not shift a schedule: look at the clock at least once an hour.
        for (var left = due - time.GetUtcNow(); left > TimeSpan.Zero; left = due - time.GetUtcNow())
        {
            await Task.Delay(left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1), time, cancellationToken);
        }
    }
}
