namespace RetailLake.Local.Demo.Files;

/// <summary>Days and times in the forms of the feeds; wall clock of India.</summary>
internal static class FileDates
{
    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary><c>20261121</c></summary>
    public static FileWriter Compact(this FileWriter to, DateOnly day) => to.Digits(day.Year, 4).Digits(day.Month, 2).Digits(day.Day, 2);

    /// <summary><c>20261121223015</c></summary>
    public static FileWriter Compact(this FileWriter to, DateTime time) =>
        to.Compact(DateOnly.FromDateTime(time)).Digits(time.Hour, 2).Digits(time.Minute, 2).Digits(time.Second, 2);

    /// <summary><c>21/11/2026</c></summary>
    public static FileWriter Slashed(this FileWriter to, DateOnly day) => to.Digits(day.Day, 2).Raw("/"u8).Digits(day.Month, 2).Raw("/"u8).Digits(day.Year, 4);

    /// <summary><c>21/11/2026 22:30</c></summary>
    public static FileWriter Slashed(this FileWriter to, DateTime time) =>
        to.Slashed(DateOnly.FromDateTime(time)).Raw(" "u8).Digits(time.Hour, 2).Raw(":"u8).Digits(time.Minute, 2);

    /// <summary><c>21-Nov-2026</c></summary>
    public static FileWriter Named(this FileWriter to, DateOnly day) =>
        to.Digits(day.Day, 2).Raw("-"u8).Raw(Months.Slice((day.Month - 1) * 3, 3)).Raw("-"u8).Digits(day.Year, 4);

    /// <summary><c>2026-11-21</c></summary>
    public static FileWriter Iso(this FileWriter to, DateOnly day) => to.Digits(day.Year, 4).Raw("-"u8).Digits(day.Month, 2).Raw("-"u8).Digits(day.Day, 2);

    /// <summary><c>2026-11-21T22:30:15</c></summary>
    public static FileWriter Iso(this FileWriter to, DateTime time) =>
        to.Iso(DateOnly.FromDateTime(time)).Raw("T"u8).Digits(time.Hour, 2).Raw(":"u8).Digits(time.Minute, 2).Raw(":"u8).Digits(time.Second, 2);

    /// <summary><c>2026-11-21T22:30:15.1234560+05:30</c>: seven digits, as .NET tills write them.</summary>
    public static FileWriter Precise(this FileWriter to, DateTime time) =>
        to.Iso(time).Raw("."u8).Digits(time.Ticks % TimeSpan.TicksPerSecond, 7).Raw("+05:30"u8);
}
