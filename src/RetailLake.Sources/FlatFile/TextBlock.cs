using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RetailLake.Sources.FlatFile;

/// <summary>What stands in 64 bytes of delimited text, the first byte in the lowest bit.</summary>
/// <param name="Specials">Delimiters (of several bytes the first one), quotes and line ends.</param>
/// <param name="IsPlain">Whether all bytes are ASCII without NUL.</param>
internal readonly record struct TextBlock(ulong Specials, ulong LineEnds, ulong Quotes, bool IsPlain)
{
    /// <summary>Bytes that are looked at, whatever the text's length.</summary>
    public const int Length = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextBlock Read(ref byte at, byte delimiter, byte quote)
    {
        var (low, high) = (Vector256.LoadUnsafe(ref at), Vector256.LoadUnsafe(ref Unsafe.Add(ref at, 32)));
        var (separator, mark) = (Vector256.Create(delimiter), Vector256.Create(quote));
        var (lowEnds, highEnds) = (LineEndsOf(low), LineEndsOf(high));
        var (lowQuotes, highQuotes) = (Vector256.Equals(low, mark), Vector256.Equals(high, mark));

        // As signed numbers NUL and all that is no ASCII are not above 0.
        var least = Vector256.Min(low.AsSByte(), high.AsSByte());
        return new(
            Bits(Vector256.Equals(low, separator) | lowQuotes | lowEnds, Vector256.Equals(high, separator) | highQuotes | highEnds),
            Bits(lowEnds, highEnds),
            Bits(lowQuotes, highQuotes),
            Vector256.GreaterThanAll(least, Vector256<sbyte>.Zero));
    }

    /// <summary>The block at the end of the text, without what stands behind that.</summary>
    /// <param name="bytes">Fewer than <see cref="Length"/>.</param>
    public TextBlock Cut(int bytes)
    {
        var inside = (1UL << bytes) - 1;
        return this with { Specials = Specials & inside, LineEnds = LineEnds & inside, Quotes = Quotes & inside };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LineEndsOf(Vector256<byte> bytes) => Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
