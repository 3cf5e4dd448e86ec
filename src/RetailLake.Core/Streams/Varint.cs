using System.Buffers;

namespace RetailLake.Core.Streams;

/// <summary>Unsigned LEB128: seven bits a byte, the lowest first, one way to write each number. Signed numbers are zigzagged.</summary>
internal static class Varint
{
    public const int MaxBytes = 10;

    public static void Write(IBufferWriter<byte> destination, ulong value) => destination.Advance(Write(destination.GetSpan(MaxBytes), value));

    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[length++] = (byte)(value | 0x80);
        }

        destination[length++] = (byte)value;
        return length;
    }

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <returns>Bytes read; 0 when the number goes on behind the span; −1 when it is no number, or not written the one way.</returns>
    public static int Read(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        for (var index = 0; index < source.Length && index < MaxBytes; index++)
        {
            var part = source[index];
            if (index == MaxBytes - 1 && part > 1)
            {
                return -1;
            }

            value |= (ulong)(part & 0x7F) << (7 * index);
            if (part < 0x80)
            {
                return part == 0 && index > 0 ? -1 : index + 1;
            }
        }

        return source.Length < MaxBytes ? 0 : -1;
    }
}
