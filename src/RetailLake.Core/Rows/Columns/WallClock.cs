using System.Collections.Concurrent;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Rows.Columns;

/// <summary>
/// UTC offsets of an IANA zone by local time. A local time that occurs twice (clocks went back) is taken as the first occurrence,
/// the one with the earlier instant; one that never occurred (clocks went forward) has no offset.
/// </summary>
internal sealed class WallClock
{
    private const int Slots = 1024;

    private static readonly ConcurrentDictionary<string, WallClock> Clocks = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo zone;

    // Days without a change of the clocks, by day modulo Slots: day << 20 | offset seconds + 2^19. One long, so that threads may share it.
    private readonly long[] quietDays = new long[Slots];

    private WallClock(TimeZoneInfo zone)
    {
        this.zone = zone;
        quietDays.AsSpan().Fill(-1);
    }

    public static WallClock Of(string zone) => Clocks.GetOrAdd(zone, static id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found)
        ? new WallClock(found)
        : throw new ContractInvalidException(
            $"Found the time zone '{id}'; an IANA name such as 'Asia/Kolkata' is expected.", "Nothing was read.", "Correct the contract's time zone."));

    /// <param name="day">Days since 0001-01-01.</param>
    /// <param name="micros">Microseconds since the local midnight.</param>
    /// <param name="offset">Seconds that the local time is ahead of UTC.</param>
    /// <returns>False when the clocks never showed this time.</returns>
    public bool TryOffset(int day, long micros, out long offset)
    {
        var cached = Volatile.Read(ref quietDays[day & (Slots - 1)]);
        if (cached >> 20 == day && cached >= 0)
        {
            offset = (cached & 0xFFFFF) - 0x80000;
            return true;
        }

        return TryLookUp(day, micros, out offset);
    }

    /// <param name="utc">Microseconds since 0001-01-01 UTC.</param>
    /// <param name="local">The same on the clocks of the zone.</param>
    /// <returns>False when the clocks show this time twice, and it would be read as the other instant.</returns>
    public bool TryLocal(long utc, out long local)
    {
        var offset = (long)zone.GetUtcOffset(new DateTime(utc * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc)).TotalSeconds;
        local = utc + (offset * ClockTime.MicrosPerSecond);
        return local >= 0 && TryOffset((int)(local / ClockTime.MicrosPerDay), local % ClockTime.MicrosPerDay, out var back) && back == offset;
    }

    private bool TryLookUp(int day, long micros, out long offset)
    {
        if (IsQuiet(day, out offset))
        {
            Volatile.Write(ref quietDays[day & (Slots - 1)], ((long)day << 20) | (uint)(offset + 0x80000));
            return true;
        }

        var local = new DateTime((day * TimeSpan.TicksPerDay) + (micros * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            return false;
        }

        var span = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        offset = (long)span.TotalSeconds;
        return true;
    }

    /// <summary>The same offset from the day before to the day after: no change touches this day.</summary>
    private bool IsQuiet(int day, out long offset)
    {
        offset = Offset(day);
        return offset == Offset(day - 1) && offset == Offset(day + 1) && offset == Offset(day + 2);
    }

    private long Offset(int day) =>
        (long)zone.GetUtcOffset(new DateTime(Math.Clamp(day, 0, DateTime.MaxValue.Date.Ticks / TimeSpan.TicksPerDay) * TimeSpan.TicksPerDay, DateTimeKind.Unspecified)).TotalSeconds;
}
