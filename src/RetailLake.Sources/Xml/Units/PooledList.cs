using System.Buffers;
using System.Runtime.CompilerServices;

namespace RetailLake.Sources.Xml.Units;

/// <summary>A growing array from the pool that is cut and filled again without allocating.</summary>
internal sealed class PooledList<T>(int capacity) : IDisposable
    where T : unmanaged
{
    private T[] items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public T[] Items => items;

    public ref T this[int index] => ref items[index];

    public ReadOnlySpan<T> Span => items.AsSpan(0, Count);

    public void Cut(int count) => Count = count;

    /// <summary>Room for so many more; they count at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Add(int count)
    {
        if (items.Length - Count < count)
        {
            Grow(count);
        }

        Count += count;
        return items.AsSpan(Count - count, count);
    }

    public void Add(ReadOnlySpan<T> more) => more.CopyTo(Add(more.Length));

    public void Dispose()
    {
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items);
            (items, Count) = ([], 0);
        }
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(Count + count, 2 * items.Length));
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
