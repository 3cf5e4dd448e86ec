namespace RetailLake.Core.Streams;

/// <summary>The headers of the record that a reader stands on, in their order; they hold until its next <see cref="SegmentReader.Read"/>.</summary>
public readonly struct SegmentHeaders
{
    private readonly ReadOnlyMemory<byte> bytes;

    internal SegmentHeaders(ReadOnlyMemory<byte> bytes, int count)
    {
        this.bytes = bytes;
        Count = count;
    }

    public int Count { get; }

    public Enumerator GetEnumerator() => new(bytes, Count);

    public struct Enumerator
    {
        private BodyCursor cursor;
        private int left;

        internal Enumerator(ReadOnlyMemory<byte> bytes, int count)
        {
            cursor = new(bytes);
            left = count;
        }

        public StreamHeader Current { get; private set; }

        public bool MoveNext()
        {
            if (left-- <= 0)
            {
                return false;
            }

            // The reader has been through them.
            _ = cursor.TryBytes(out var name);
            _ = cursor.TryBytes(out var value);
            Current = new(name.GetValueOrDefault(), value);
            return true;
        }
    }
}
