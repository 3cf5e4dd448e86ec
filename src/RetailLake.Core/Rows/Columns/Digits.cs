using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RetailLake.Core.Rows.Columns;

internal static class Digits
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong Zeros = '0' * Ones;

    /// <summary>Reads up to 18 digits; the empty text is 0.</summary>
    /// <returns>False when there is anything but digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        while (text.Length >= 8)
        {
            if (!TryReadEight(BinaryPrimitives.ReadUInt64LittleEndian(text), out var eight))
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

    /// <summary>One to eight bytes as one number, the first one lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        return length >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(text)
            : length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(text) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[(length - 4)..]) << (8 * (length - 4)))
            : text[0] | ((ulong)text[length >> 1] << (8 * (length >> 1))) | ((ulong)text[length - 1] << (8 * (length - 1)));
    }

    /// <param name="packed">Of <see cref="Pack"/>.</param>
    /// <param name="length">1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ulong packed, int length, out ulong value)
    {
        // Zeros before the first digit.
        var before = 8 * (8 - length);
        return TryReadEight((packed << before) | (Zeros & ((1UL << before) - 1)), out value);
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

    /// <param name="packed">Of <see cref="Pack"/>.</param>
    /// <param name="index">Of the first byte of that value, which is not 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFind(byte value, ulong packed, out int index)
    {
        // The lowest bit left belongs to the first byte that is 0 after this; what is above it may be a borrow.
        var others = packed ^ (Ones * value);
        var found = (others - Ones) & ~others & (Ones << 7);
        index = BitOperations.TrailingZeroCount(found) >> 3;
        return found != 0;
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
    private static bool TryReadEight(ulong bytes, out ulong value)
    {
        var digits = bytes - Zeros;
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
