using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Forms;

/// <summary>
/// Dates, timestamps and times by a pattern, to <c>2026-11-21</c>, <c>2026-11-21 09:30:00[.ffffff]</c>, <c>09:30:00[.ffffff]</c>. A time with an
/// offset becomes UTC, or the wall clock of the column's zone. Digits beyond microseconds must be zeros; a date's clock must show midnight.
/// </summary>
internal sealed class TimeForm : ValueForm
{
    private readonly ColumnKind kind;
    private readonly TimeToken[] tokens;
    private readonly WallClock? clock;

    public TimeForm(ColumnType type, string pattern)
    {
        kind = type.Kind;
        clock = type.Zone is null ? null : WallClock.Of(type.Zone);
        _ = TimePattern.TryParse(pattern, out var parsed);
        tokens = [.. parsed];
        Expected = $"a date or time written as '{pattern}'";
    }

    public override string Expected { get; }

    public override int Room => 32;

    public override int Write(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var time = default(WrittenTime);
        foreach (ref readonly var token in tokens.AsSpan())
        {
            if (!time.TryTake(token, ref value))
            {
                return -1;
            }
        }

        if (!value.IsEmpty || !time.IsClockTime)
        {
            return -1;
        }

        if (kind == ColumnKind.Time)
        {
            return WriteClock(destination, time.Micros);
        }

        WriteDate(destination, time.Year, time.Month, time.Day);
        var form = CivilDate.Read(destination, out var day);
        if (form == DateForm.Malformed || (form != DateForm.Date && time.HasOffset))
        {
            return -1;
        }

        if (kind == ColumnKind.Date)
        {
            return time.Micros == 0 ? 10 : -1;
        }

        return time.HasOffset
            ? WriteInstant(destination, (day * ClockTime.MicrosPerDay) + time.Micros - (time.OffsetMinutes * 60 * ClockTime.MicrosPerSecond))
            : WriteTimestamp(destination, time.Micros);
    }

    private int WriteInstant(Span<byte> destination, long utc)
    {
        if (utc < 0 || utc > DateTime.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond)
        {
            return -1;
        }

        var shown = utc;
        if (clock is not null && (!clock.TryLocal(utc, out shown) || shown > DateTime.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond))
        {
            return -1;
        }

        var date = new DateTime(shown * TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified);
        WriteDate(destination, date.Year, date.Month, date.Day);
        return WriteTimestamp(destination, shown % ClockTime.MicrosPerDay);
    }

    private static int WriteTimestamp(Span<byte> destination, long micros)
    {
        destination[10] = (byte)' ';
        return 11 + WriteClock(destination[11..], micros);
    }

    private static void WriteDate(Span<byte> destination, int year, int month, int day)
    {
        WriteTwo(destination, 0, year / 100);
        WriteTwo(destination, 2, year % 100);
        destination[4] = destination[7] = (byte)'-';
        WriteTwo(destination, 5, month);
        WriteTwo(destination, 8, day);
    }

    private static int WriteClock(Span<byte> destination, long micros)
    {
        var (seconds, fraction) = ((int)(micros / ClockTime.MicrosPerSecond), (int)(micros % ClockTime.MicrosPerSecond));
        WriteTwo(destination, 0, seconds / 3600);
        WriteTwo(destination, 3, seconds / 60 % 60);
        WriteTwo(destination, 6, seconds % 60);
        destination[2] = destination[5] = (byte)':';
        if (fraction == 0)
        {
            return 8;
        }

        destination[8] = (byte)'.';
        WriteTwo(destination, 9, fraction / 10_000);
        WriteTwo(destination, 11, fraction / 100 % 100);
        WriteTwo(destination, 13, fraction % 100);
        return 15;
    }

    private static void WriteTwo(Span<byte> destination, int at, int value)
    {
        destination[at] = (byte)('0' + (value / 10));
        destination[at + 1] = (byte)('0' + (value % 10));
    }
}
