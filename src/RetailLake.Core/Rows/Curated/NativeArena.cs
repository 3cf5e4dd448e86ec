using System.Runtime.InteropServices;

namespace RetailLake.Core.Rows.Curated;

/// <summary>Bytes outside the garbage collector's heap, taken one after the other and given back all at once.</summary>
internal sealed unsafe class NativeArena(int capacity) : IDisposable
{
    private byte* start = (byte*)NativeMemory.Alloc((nuint)capacity);
    private int capacity = capacity;

    ~NativeArena() => NativeMemory.Free(start);

    public int Length { get; private set; }

    public nint Start => (nint)start;

    public Span<byte> Take(int length)
    {
        var needed = checked(Length + length);
        if (needed > capacity)
        {
            capacity = (int)Math.Min(int.MaxValue, Math.Max(needed, 2L * capacity));
            start = (byte*)NativeMemory.Realloc(start, (nuint)capacity);
        }

        var taken = new Span<byte>(start + Length, length);
        Length = needed;
        return taken;
    }

    /// <summary>Takes bytes that are equal to some taken before.</summary>
    public void Repeat(int offset, int length)
    {
        var copy = Take(length);
        new ReadOnlySpan<byte>(start + offset, length).CopyTo(copy);
    }

    public void Clear() => Length = 0;

    /// <summary>FNV-1a: the same in every process, unlike HashCode.</summary>
    public ulong Fingerprint(int offset, int length)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in new ReadOnlySpan<byte>(start + offset, length))
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }

    public void Dispose()
    {
        NativeMemory.Free(start);
        start = null;
        capacity = Length = 0;
        GC.SuppressFinalize(this);
    }
}
