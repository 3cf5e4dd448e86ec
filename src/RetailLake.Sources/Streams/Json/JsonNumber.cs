namespace RetailLake.Sources.Streams.Json;

/// <summary>A JSON number with an exponent, as digits: <c>1.25E+3</c> is <c>1250</c>. Exact: the point moves, no digit changes.</summary>
internal static class JsonNumber
{
    /// <summary>A decimal of the lake has 38 digits, one of MySQL 65.</summary>
    private const int MostZeros = 100;

    private const int MostDigits = 200;

    public const int Room = MostDigits + MostZeros + 8;

    public static bool HasExponent(ReadOnlySpan<byte> number) => number.IndexOfAny((byte)'e', (byte)'E') >= 0;

    /// <param name="destination">Of <see cref="Room"/> bytes.</param>
    /// <returns>Bytes written; −1 when so long a number is none of ours.</returns>
    public static int Write(ReadOnlySpan<byte> number, Span<byte> destination)
    {
        var at = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = number[..at];
        if (mantissa.Length > MostDigits || !TryPower(number[(at + 1)..], out var exponent))
        {
            return -1;
        }

        var written = 0;
        if (mantissa[0] == '-')
        {
            destination[written++] = (byte)'-';
            mantissa = mantissa[1..];
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? default : mantissa[(point + 1)..];
        var place = whole.Length + exponent;
        for (var index = Math.Min(place, 1) - 1; index < Math.Max(place, whole.Length + fraction.Length); index++)
        {
            // Digits before the first and behind the last are zeros; the point stands before the digit at its place.
            if (index == place)
            {
                destination[written++] = (byte)'.';
            }

            destination[written++] = index < 0 || index >= whole.Length + fraction.Length ? (byte)'0' : index < whole.Length ? whole[index] : fraction[index - whole.Length];
        }

        return written;
    }

    private static bool TryPower(ReadOnlySpan<byte> power, out int exponent)
    {
        var digits = power[0] is (byte)'+' or (byte)'-' ? power[1..] : power;
        exponent = 0;
        foreach (var digit in digits)
        {
            exponent = (exponent * 10) + (digit - '0');
            if (exponent > MostZeros)
            {
                return false;
            }
        }

        exponent = power[0] == '-' ? -exponent : exponent;
        return true;
    }
}
