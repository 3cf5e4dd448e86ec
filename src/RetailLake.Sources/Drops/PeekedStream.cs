namespace RetailLake.Sources.Drops;

/// <summary>A stream whose first bytes were looked at and are still read. It does not close what it reads.</summary>
internal sealed class PeekedStream : PlainStream
{
    private readonly Stream inner;
    private readonly byte[] head;
    private readonly int length;
    private int taken;

    public PeekedStream(Stream inner, int bytes)
    {
        this.inner = inner;
        head = new byte[bytes];
        length = inner.ReadAtLeast(head, bytes, throwOnEndOfStream: false);
    }

    /// <summary>Fewer than asked for only when the stream has no more.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, length);

    /// <summary>Whether the stream behind has said that it has no more.</summary>
    public bool IsAtEnd { get; private set; }

    public void Skip(int bytes) => taken = bytes;

    public override int Read(Span<byte> buffer)
    {
        if (taken == length)
        {
            var read = inner.Read(buffer);
            IsAtEnd |= read == 0 && buffer.Length > 0;
            return read;
        }

        var count = Math.Min(length - taken, buffer.Length);
        head.AsSpan(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }
}
