using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RetailLake.Core.Rows.Columns;

/// <summary>The digits of <c>YYYY-MM-DD HH:MM:SS</c>, all but the seconds at once: most timestamps are written so, and digit by digit they are the dearest of all columns.</summary>
internal static class TimestampDigits
{
    /// <summary>Bytes of a timestamp without a fraction.</summary>
    public const int Length = 19;

    private static Vector128<byte> Least => Vector128.Create("0000-00-00 00:00"u8);

    /// <summary>The most that may stand above <see cref="Least"/>.</summary>
    private static Vector128<byte> Most => Vector128.Create((byte)9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9);

    private static Vector128<byte> Tens => Vector128.Create((byte)0, 2, 5, 8, 11, 14, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16);

    private static Vector128<byte> Units => Vector128.Create((byte)1, 3, 6, 9, 12, 15, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16);

    /// <param name="text">Of <see cref="Length"/> bytes.</param>
    /// <param name="day">As of <see cref="CivilDate"/>.</param>
    /// <param name="seconds">Since midnight.</param>
    /// <returns>False when it is not a date and time of this form; which part is not, it does not say.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, out int day, out int seconds)
    {
        (day, seconds) = (0, 0);
        var digits = Vector128.Create(text[..16]) - Least;
        if (Vector128.GreaterThanAny(digits, Most) || text[16] != ':' || !Digits.TryReadTwo(text, 17, out var second))
        {
            return false;
        }

        // Century, year, month, date, hour and minute, a byte each.
        var pairs = (Vector128.Shuffle(digits, Tens).AsUInt64().ToScalar() * 10) + Vector128.Shuffle(digits, Units).AsUInt64().ToScalar();
        var (hour, minute) = ((int)(pairs >> 32) & 0xFF, (int)(pairs >> 40) & 0xFF);
        seconds = (((hour * 60) + minute) * 60) + second;
        return hour <= 23 && minute <= 59 && second <= 59
            && CivilDate.Count((((int)pairs & 0xFF) * 100) + ((int)(pairs >> 8) & 0xFF), (int)(pairs >> 16) & 0xFF, (int)(pairs >> 24) & 0xFF, out day) == DateForm.Date;
    }
}
