using System.Runtime.CompilerServices;

namespace RetailLake.Core.Rows.Columns;

/// <summary>The proleptic Gregorian calendar, years 1 to 9999, as MySQL, Redshift and DuckDB have it.</summary>
internal static class CivilDate
{
    /// <summary>1970-01-01 counted from 0001-01-01.</summary>
    public const int EpochDay = 719_162;

    private static ReadOnlySpan<byte> DaysOfMonth => [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    private static ReadOnlySpan<short> DaysBefore => [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    /// <summary>Reads <c>YYYY-MM-DD</c> at the start of the text, which has at least ten bytes.</summary>
    /// <param name="day">Days since 0001-01-01.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DateForm Read(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text[4] != '-' || text[7] != '-' || !Digits.TryReadTwo(text, 0, out var century) || !Digits.TryReadTwo(text, 2, out var year)
            || !Digits.TryReadTwo(text, 5, out var month) || !Digits.TryReadTwo(text, 8, out var date))
        {
            return DateForm.Malformed;
        }

        return Count((century * 100) + year, month, date, out day);
    }

    /// <param name="day">Days since 0001-01-01.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DateForm Count(int year, int month, int date, out int day)
    {
        day = 0;
        if (month == 0 || date == 0)
        {
            return year == 0 && month == 0 && date == 0 ? DateForm.Zero : month <= 12 && date <= 31 ? DateForm.PartlyZero : DateForm.Malformed;
        }

        var leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (year == 0 || month > 12 || date > DaysOfMonth[month] + (leap && month == 2 ? 1 : 0))
        {
            return DateForm.Malformed;
        }

        var before = year - 1;
        day = (before * 365) + (before / 4) - (before / 100) + (before / 400) + DaysBefore[month] + (leap && month > 2 ? 1 : 0) + date - 1;
        return DateForm.Date;
    }
}

internal enum DateForm
{
    Date,

    /// <summary><c>0000-00-00</c></summary>
    Zero,

    /// <summary><c>2026-00-10</c>, <c>2026-11-00</c></summary>
    PartlyZero,
    Malformed,
}
