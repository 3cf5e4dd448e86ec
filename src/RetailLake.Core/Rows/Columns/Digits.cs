using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace RetailLake.Core.Rows.Columns;

internal static class Digits
{
    /// <summary>Reads up to 18 digits; the empty text is 0.</summary>
    /// <returns>False when there is anything but digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        while (text.Length >= 8)
        {
            if (!TryReadEight(text, out var eight))
            {
                return false;
            }

            value = (value * 100_000_000) + eight;
            text = text[8..];
        }

        foreach (var character in text)
        {
            var digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    /// <summary>Reads any number of digits, as far as they fit.</summary>
    public static bool TryReadWide(ReadOnlySpan<byte> text, out UInt128 value)
    {
        value = 0;
        while (!text.IsEmpty)
        {
            var take = Math.Min(18, text.Length);
            if (!TryRead(text[..take], out var part))
            {
                return false;
            }

            value = (value * PowersOfTen.Small[take]) + part;
            text = text[take..];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        var (tens, ones) = ((uint)text[at] - '0', (uint)text[at + 1] - '0');
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    /// <summary>Eight digits in a few multiplications.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadEight(ReadOnlySpan<byte> text, out ulong value)
    {
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var digits = bytes - 0x3030303030303030;
        value = 0;
        if (((digits | (bytes + 0x4646464646464646)) & 0x8080808080808080) != 0)
        {
            return false;
        }

        digits = (digits * 10) + (digits >> 8);
        value = (((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
        value = (uint)value;
        return true;
    }
}

internal static class PowersOfTen
{
    /// <summary>10^0 to 10^18.</summary>
    public static readonly ulong[] Small = [.. Enumerable.Range(0, 19).Select(exponent => (ulong)Of(exponent))];

    /// <summary>10^0 to 10^38.</summary>
    public static readonly Int128[] Wide = [.. Enumerable.Range(0, 39).Select(Of)];

    private static Int128 Of(int exponent)
    {
        Int128 power = 1;
        for (var step = 0; step < exponent; step++)
        {
            power *= 10;
        }

        return power;
    }
}
