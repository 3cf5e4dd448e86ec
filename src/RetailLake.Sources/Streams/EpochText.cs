namespace RetailLake.Sources.Streams;

/// <summary>Counts since 1970 or since midnight as the lake writes times: <c>2026-11-21 09:30:00.120000</c>, <c>2026-11-21</c>, <c>09:30:00</c>. Exact, or not at all.</summary>
internal static class EpochText
{
    public const int Room = 32;

    /// <summary>Units of a count, as microseconds; a nanosecond is a thousandth of one, see <see cref="TryMicros"/>.</summary>
    public const long PerMillisecond = 1_000;
    public const long PerMicrosecond = 1;

    /// <summary>Beyond MySQL's longest TIME, and far below an overflow.</summary>
    public const long MostMillis = 839L * 3600 * 1_000;

    private const long MicrosPerSecond = 1_000_000;
    private const long MicrosPerDay = 86_400 * MicrosPerSecond;

    /// <summary>The years 1 to 9999 in days since 1970.</summary>
    private const long FirstDay = -719_162;
    private const long LastDay = 2_932_896;

    /// <returns>False when there are nanoseconds that microseconds cannot say.</returns>
    public static bool TryMicros(long nanoseconds, out long micros)
    {
        micros = Math.DivRem(nanoseconds, 1_000, out var rest);
        return rest == 0;
    }

    public static bool TryWriteDate(long days, Span<byte> destination, out int length)
    {
        length = 10;
        if (days is < FirstDay or > LastDay)
        {
            return false;
        }

        var date = DateOnly.FromDayNumber((int)(days - FirstDay));
        WriteTwo(destination, 0, date.Year / 100);
        WriteTwo(destination, 2, date.Year % 100);
        destination[4] = destination[7] = (byte)'-';
        WriteTwo(destination, 5, date.Month);
        WriteTwo(destination, 8, date.Day);
        return true;
    }

    /// <param name="count">Since 1970.</param>
    /// <param name="unit">In microseconds.</param>
    public static bool TryWriteTimestamp(long count, long unit, Span<byte> destination, out int length)
    {
        length = 0;
        if (count > long.MaxValue / unit || count < long.MinValue / unit)
        {
            return false;
        }

        var micros = count * unit;
        var days = Math.DivRem(micros, MicrosPerDay, out var inDay);
        (days, inDay) = inDay < 0 ? (days - 1, inDay + MicrosPerDay) : (days, inDay);
        if (!TryWriteDate(days, destination, out _))
        {
            return false;
        }

        destination[10] = (byte)' ';
        length = 11 + WriteClock(inDay, destination[11..]);
        return true;
    }

    /// <summary>As MySQL writes a TIME: it may be negative and beyond 24 hours, up to 838:59:59.</summary>
    public static bool TryWriteTime(long micros, Span<byte> destination, out int length)
    {
        length = 0;
        if (micros is <= -839 * 3600 * MicrosPerSecond or >= 839 * 3600 * MicrosPerSecond)
        {
            return false;
        }

        if (micros < 0)
        {
            destination[length++] = (byte)'-';
            micros = -micros;
        }

        length += WriteClock(micros, destination[length..]);
        return true;
    }

    private static int WriteClock(long micros, Span<byte> destination)
    {
        var seconds = (int)(micros / MicrosPerSecond);
        var (hours, fraction) = (seconds / 3600, (int)(micros % MicrosPerSecond));
        var at = hours < 100 ? 0 : 1;
        if (at == 1)
        {
            destination[0] = (byte)('0' + (hours / 100));
        }

        WriteTwo(destination, at, hours % 100);
        destination[at + 2] = destination[at + 5] = (byte)':';
        WriteTwo(destination, at + 3, seconds / 60 % 60);
        WriteTwo(destination, at + 6, seconds % 60);
        if (fraction == 0)
        {
            return at + 8;
        }

        destination[at + 8] = (byte)'.';
        WriteTwo(destination, at + 9, fraction / 10_000);
        WriteTwo(destination, at + 11, fraction / 100 % 100);
        WriteTwo(destination, at + 13, fraction % 100);
        return at + 15;
    }

    private static void WriteTwo(Span<byte> destination, int at, int value)
    {
        destination[at] = (byte)('0' + (value / 10));
        destination[at + 1] = (byte)('0' + (value % 10));
    }
}
