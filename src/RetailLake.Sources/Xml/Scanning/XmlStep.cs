using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>
/// What stands between the texts of two leaves: end tags, the first of them the first leaf's, and start tags, the last of them the second one's, with
/// nothing but blanks around them. Filled again in place, so that nothing is allocated per step.
/// </summary>
internal sealed class XmlStep
{
    /// <summary>The window goes on for as many bytes with zeros.</summary>
    public const int Longest = 4 * 32;

    private readonly byte[] markup = new byte[Longest];
    private int[] names = [];
    private int closed;
    private ulong head;
    private ulong tail;

    public int Length { get; private set; }

    /// <summary>Of the leaf that it leads to.</summary>
    public int Leaf { get; private set; }

    /// <summary>The only prefix in its start tags.</summary>
    public int Prefix { get; private set; }

    /// <summary>Elements that end behind the first leaf, the innermost first.</summary>
    public ReadOnlySpan<int> Closed => names.AsSpan(0, closed);

    /// <summary>Elements that begin before the second leaf, the outermost first.</summary>
    public ReadOnlySpan<int> Opened => names.AsSpan(closed);

    public void Set(ReadOnlySpan<byte> bytes, int leaf, int prefix, ReadOnlySpan<int> closedThenOpened, int closedCount)
    {
        markup.AsSpan().Clear();
        bytes.CopyTo(markup);
        (Length, Leaf, Prefix, closed) = (bytes.Length, leaf, prefix, closedCount);
        (head, tail) = (Ones(bytes.Length), Ones(bytes.Length - 64));
        if (names.Length != closedThenOpened.Length)
        {
            names = new int[closedThenOpened.Length];
        }

        closedThenOpened.CopyTo(names);
    }

    /// <param name="at">Where the first leaf's text ends. Zeros behind the window are equal to nothing that is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool StandsAt(byte[] window, int at)
    {
        ref var there = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(window), at);
        ref var here = ref MemoryMarshal.GetArrayDataReference(markup);
        return (~Equal(ref there, ref here) & head) == 0 && (tail == 0 || (~Equal(ref Unsafe.Add(ref there, 64), ref Unsafe.Add(ref here, 64)) & tail) == 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ref byte there, ref byte here) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref there), Vector256.LoadUnsafe(ref here)).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref there, 32), Vector256.LoadUnsafe(ref here, 32)).ExtractMostSignificantBits() << 32);

    private static ulong Ones(int count) => count <= 0 ? 0 : ulong.MaxValue >> (64 - Math.Min(count, 64));
}
