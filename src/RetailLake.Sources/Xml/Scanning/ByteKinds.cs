using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>Kinds of bytes in a text that need a closer look.</summary>
[Flags]
internal enum ByteKinds
{
    None = 0,

    /// <summary>Bytes below a space that XML does not allow: all but tab, line feed and carriage return.</summary>
    Controls = 1,
    CarriageReturns = 2,

    /// <summary>Bytes that are no ASCII.</summary>
    Others = 4,
}

internal static class ByteKindsOf
{
    /// <summary>Looks at each byte once.</summary>
    public static ByteKinds Text(ReadOnlySpan<byte> text)
    {
        if (text.Length < Vector256<byte>.Count)
        {
            Span<byte> padded = stackalloc byte[Vector256<byte>.Count];
            padded.Fill((byte)' ');
            text.CopyTo(padded);
            return Text(padded);
        }

        var (all, returns, controls) = (Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero);
        ref var first = ref MemoryMarshal.GetReference(text);
        var last = (nuint)(text.Length - Vector256<byte>.Count);
        for (nuint at = 0; at < last; at += (nuint)Vector256<byte>.Count)
        {
            Add(Vector256.LoadUnsafe(ref first, at), ref all, ref returns, ref controls);
        }

        // The last ones begin within those before.
        Add(Vector256.LoadUnsafe(ref first, last), ref all, ref returns, ref controls);
        return (controls == Vector256<byte>.Zero ? ByteKinds.None : ByteKinds.Controls)
            | (returns == Vector256<byte>.Zero ? ByteKinds.None : ByteKinds.CarriageReturns)
            | (all.ExtractMostSignificantBits() == 0 ? ByteKinds.None : ByteKinds.Others);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<byte> bytes, ref Vector256<byte> all, ref Vector256<byte> returns, ref Vector256<byte> controls)
    {
        var isReturn = Vector256.Equals(bytes, Vector256.Create((byte)'\r'));
        var isAllowed = isReturn | Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\t'));
        all |= bytes;
        returns |= isReturn;
        controls |= Vector256.AndNot(Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)31)), bytes), isAllowed);
    }
}
