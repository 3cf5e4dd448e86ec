using System.Runtime.CompilerServices;

namespace RetailLake.Core.Rows.Columns;

internal static class ClockTime
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;

    /// <summary>Reads <c>HH:MM:SS[.f…]</c> with 1 to 6 digits of fraction, below 24 h and without leap seconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':' || !Digits.TryReadTwo(text, 0, out var hours)
            || !Digits.TryReadTwo(text, 3, out var minutes) || !Digits.TryReadTwo(text, 6, out var seconds)
            || hours > 23 || minutes > 59 || seconds > 59)
        {
            return false;
        }

        micros = ((hours * 3600) + (minutes * 60) + seconds) * MicrosPerSecond;
        return text.Length == 8 || TryReadFraction(text[8..], ref micros);
    }

    /// <summary>Whether the fraction uses at most that many digits; the text is a good one.</summary>
    public static bool FitsScale(long micros, int scale) => scale >= 6 || micros % (long)PowersOfTen.Small[6 - scale] == 0;

    private static bool TryReadFraction(ReadOnlySpan<byte> text, ref long micros)
    {
        if (text[0] != '.' || text.Length is < 2 or > 7 || !Digits.TryRead(text[1..], out var fraction))
        {
            return false;
        }

        micros += (long)(fraction * PowersOfTen.Small[7 - text.Length]);
        return true;
    }
}
