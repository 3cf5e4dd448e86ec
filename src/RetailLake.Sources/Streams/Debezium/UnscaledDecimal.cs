using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>A decimal as Kafka Connect writes its bytes, big-endian two's complement without a point, as digits with one. Exact at any length that MySQL has.</summary>
internal static class UnscaledDecimal
{
    /// <summary>65 digits are 27 bytes.</summary>
    private const int MostBytes = 28;

    private const int MostScale = 38;

    /// <summary>Sign, digits, zeros in front, point.</summary>
    public const int Room = 128;

    /// <returns>Bytes written; −1 when it is no such number.</returns>
    public static int Write(ReadOnlySpan<byte> bytes, int scale, Span<byte> destination)
    {
        if (bytes.Length is 0 or > MostBytes || scale is < 0 or > MostScale)
        {
            return -1;
        }

        Span<byte> digits = stackalloc byte[80];
        var length = Digits(bytes, digits, out var isNegative);
        var written = 0;
        if (isNegative)
        {
            destination[written++] = (byte)'-';
        }

        if (scale == 0)
        {
            digits[..length].CopyTo(destination[written..]);
            return written + length;
        }

        // 5 with two digits behind the point is 0.05.
        for (var place = Math.Max(length, scale + 1); place > 0; place--)
        {
            if (place == scale)
            {
                destination[written++] = (byte)'.';
            }

            destination[written++] = place > length ? (byte)'0' : digits[length - place];
        }

        return written;
    }

    private static int Digits(ReadOnlySpan<byte> bytes, Span<byte> digits, out bool isNegative)
    {
        isNegative = bytes[0] >= 0x80;
        int length;
        if (bytes.Length <= 16)
        {
            Span<byte> wide = stackalloc byte[16];
            wide.Fill(isNegative ? (byte)0xFF : (byte)0);
            bytes.CopyTo(wide[(16 - bytes.Length)..]);
            var value = BinaryPrimitives.ReadInt128BigEndian(wide);
            _ = (isNegative ? (UInt128)(-value) : (UInt128)value).TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
            return length;
        }

        var text = BigInteger.Abs(new BigInteger(bytes, isUnsigned: false, isBigEndian: true)).ToString(CultureInfo.InvariantCulture);
        length = System.Text.Encoding.ASCII.GetBytes(text, digits);
        return length;
    }
}
