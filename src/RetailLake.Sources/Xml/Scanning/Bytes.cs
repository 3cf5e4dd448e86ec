using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>Searches in a window that goes on with zeros. Names and values are short, so sixteen bytes are looked at before any loop begins.</summary>
internal static class Bytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipBlanks(byte[] window, int from)
    {
        while (IsBlank(window[from]))
        {
            from++;
        }

        return from;
    }

    /// <summary>Where a blank, a control, <c>/</c>, <c>&gt;</c> or <c>=</c> stands: at the latest behind the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NameEnd(byte[] window, int from)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(window);
        while (true)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)from);
            var ends = (Vector128.LessThanOrEqual(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'/'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'>')) | Vector128.Equals(bytes, Vector128.Create((byte)'='))).ExtractMostSignificantBits();
            if (ends != 0)
            {
                return from + BitOperations.TrailingZeroCount(ends);
            }

            from += Vector128<byte>.Count;
        }
    }

    /// <summary>Where one of three bytes stands, or the window's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfAny(byte[] window, int from, int filled, byte first, byte second, byte third)
    {
        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(window), (nuint)from);
        var hits = (Vector128.Equals(bytes, Vector128.Create(first)) | Vector128.Equals(bytes, Vector128.Create(second))
            | Vector128.Equals(bytes, Vector128.Create(third))).ExtractMostSignificantBits();
        return hits != 0 ? from + BitOperations.TrailingZeroCount(hits) : Further(window, from + Vector128<byte>.Count, filled, first, second, third);
    }

    private static int Further(byte[] window, int from, int filled, byte first, byte second, byte third)
    {
        if (from >= filled)
        {
            return filled;
        }

        var found = window.AsSpan(from, filled - from).IndexOfAny(first, second, third);
        return found < 0 ? filled : from + found;
    }
}
