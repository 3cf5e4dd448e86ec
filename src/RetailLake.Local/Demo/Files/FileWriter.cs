using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace RetailLake.Local.Demo.Files;

/// <summary>Bytes of a generated file, through one buffer: nothing is allocated per record, so a file may be of any size. Texts come encoded.</summary>
internal sealed class FileWriter(Stream output) : IDisposable
{
    private const int Size = 256 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int length;

    /// <summary>Room for so many bytes, which the caller fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Take(int count)
    {
        if (buffer.Length - length < count)
        {
            Flush();
        }

        length += count;
        return buffer.AsSpan(length - count, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FileWriter Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Take(bytes.Length));
        return this;
    }

    public FileWriter Number(long value)
    {
        const int longest = 20;
        Utf8Formatter.TryFormat(value, Take(longest), out var written);
        length -= longest - written;
        return this;
    }

    /// <summary>Zeros in front; a number with more digits loses its first ones.</summary>
    public FileWriter Digits(long value, int count)
    {
        Fill(Take(count), value);
        return this;
    }

    /// <summary>123456 with 2 decimals is 1234.56.</summary>
    public FileWriter Scaled(long value, int decimals, char point = '.')
    {
        if (value < 0)
        {
            Take(1)[0] = (byte)'-';
        }

        var (whole, part) = Math.DivRem(Math.Abs(value), Power(decimals));
        Number(whole).Take(1)[0] = (byte)point;
        return Digits(part, decimals);
    }

    public FileWriter Money(long paise) => Scaled(paise, 2);

    /// <summary>Thousandths without zeros at the end: 1, 0.42, 1.255.</summary>
    public FileWriter Quantity(long milli) =>
        milli % 1000 == 0 ? Number(milli / 1000) : milli % 100 == 0 ? Scaled(milli / 100, 1) : milli % 10 == 0 ? Scaled(milli / 10, 2) : Scaled(milli, 3);

    public void Flush()
    {
        output.Write(buffer, 0, length);
        length = 0;
    }

    public void Dispose()
    {
        Flush();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    public static void Fill(Span<byte> field, long value)
    {
        for (var index = field.Length - 1; index >= 0; index--, value /= 10)
        {
            field[index] = (byte)('0' + value % 10);
        }
    }

    private static long Power(int decimals) => decimals switch { 1 => 10, 2 => 100, 3 => 1_000, _ => 10_000 };
}
