using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Schedules;

/// <summary>EventBridge schedule expressions: <c>cron(minutes hours day month weekday year)</c>, <c>rate(value unit)</c>, <c>at(local time)</c>.</summary>
public sealed partial class ScheduleExpression
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> next;

    private ScheduleExpression(Func<DateTimeOffset, DateTimeOffset?> next) => this.next = next;

    /// <param name="anchor">Rates count from here: on AWS from the schedule's creation, here from the start of the host.</param>
    public static ScheduleExpression Parse(LocalSchedule schedule, DateTimeOffset anchor)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        try
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.Zone ?? "UTC");
            return Form().Match(schedule.Expression.Trim()) is { Success: true } match ? match.Groups[1].Value switch
            {
                "cron" => Cron(match.Groups[2].Value, zone),
                "rate" => Rate(match.Groups[2].Value, anchor),
                _ => At(match.Groups[2].Value, zone),
            }
            : throw new FormatException("it is none of cron(…), rate(…), at(…)");
        }
        catch (Exception e) when (e is FormatException or CronFormatException or TimeZoneNotFoundException or OverflowException)
        {
            throw new TemplateRefusedException(
                $"Found the schedule '{schedule.Expression}' ({schedule.Zone ?? "UTC"}) of '{schedule.Name}' in {schedule.Where}, which cannot be read: {e.Message}.", "Correct it.");
        }
    }

    /// <returns>The first time after the given one; null when there is none.</returns>
    public DateTimeOffset? After(DateTimeOffset moment) => next(moment);

    private static ScheduleExpression Cron(string fields, TimeZoneInfo zone)
    {
        if (fields.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minutes, var hours, var day, var month, var weekday, var year])
        {
            throw new FormatException("AWS cron has six fields: minutes hours day-of-month month day-of-week year");
        }

        // AWS counts weekdays from 1 = Sunday, cron from 0; '?' and 'L' mean the same in both.
        var days = WeekdayNumber().Replace(weekday, number => (int.Parse(number.Value, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture));
        var cron = CronExpression.Parse($"{minutes} {hours} {day} {month} {days}");
        var isWanted = Years(year);
        return new(moment =>
        {
            var found = cron.GetNextOccurrence(moment, zone);
            while (found is { } candidate && !isWanted(TimeZoneInfo.ConvertTime(candidate, zone).Year))
            {
                if (TimeZoneInfo.ConvertTime(candidate, zone).Year > 2199)
                {
                    return null;
                }

                found = cron.GetNextOccurrence(candidate, zone);
            }

            return found;
        });
    }

    private static Func<int, bool> Years(string field)
    {
        if (field == "*")
        {
            return _ => true;
        }

        var ranges = field.Split(',').Select(part => part.Split('-').Select(year => int.Parse(year, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return year => Array.Exists(ranges, range => year >= range[0] && year <= range[^1]);
    }

    private static ScheduleExpression Rate(string text, DateTimeOffset anchor)
    {
        var period = text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var count, var unit] ? unit switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(int.Parse(count, CultureInfo.InvariantCulture)),
            "hour" or "hours" => TimeSpan.FromHours(int.Parse(count, CultureInfo.InvariantCulture)),
            "day" or "days" => TimeSpan.FromDays(int.Parse(count, CultureInfo.InvariantCulture)),
            _ => TimeSpan.Zero,
        }
        : TimeSpan.Zero;
        return period <= TimeSpan.Zero ? throw new FormatException("a rate is a positive number and minutes, hours or days")
            : new(moment => moment < anchor ? anchor + period : anchor + (((moment - anchor).Ticks / period.Ticks) + 1) * period);
    }

    private static ScheduleExpression At(string text, TimeZoneInfo zone)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var due = new DateTimeOffset(local, zone.GetUtcOffset(local));
        return new(moment => moment < due ? due : null);
    }

    [GeneratedRegex(@"^(cron|rate|at)\((.*)\)$")]
    private static partial Regex Form();

    [GeneratedRegex(@"(?<![#/\w])\d+")]
    private static partial Regex WeekdayNumber();
}
