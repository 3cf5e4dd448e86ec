namespace RetailLake.Sources.Drops;

/// <summary>Reads blocks of one encoding and gives UTF-8.</summary>
internal abstract class TranscodedText(Stream inner) : PlainStream
{
    private const int BlockBytes = 32 * 1024;

    private readonly byte[] block = new byte[BlockBytes];
    private readonly byte[] text = new byte[3 * BlockBytes];
    private int blockLength;
    private int textStart;
    private int textLength;
    private bool atEnd;

    /// <summary>Bytes before the block.</summary>
    protected long Taken { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        while (textStart == textLength && !(atEnd && blockLength == 0))
        {
            Fill();
        }

        var count = Math.Min(textLength - textStart, buffer.Length);
        text.AsSpan(textStart, count).CopyTo(buffer);
        textStart += count;
        return count;
    }

    /// <param name="isLast">No more follows: all bytes must be taken.</param>
    /// <returns>Bytes taken, and bytes of UTF-8 written; the text has room for three per byte.</returns>
    protected abstract (int Taken, int Written) Transcode(ReadOnlySpan<byte> bytes, Span<byte> utf8, bool isLast);

    private void Fill()
    {
        if (!atEnd)
        {
            var read = inner.Read(block.AsSpan(blockLength));
            atEnd = read == 0;
            blockLength += read;
        }

        var (taken, written) = Transcode(block.AsSpan(0, blockLength), text, atEnd);
        block.AsSpan(taken, blockLength - taken).CopyTo(block);
        (blockLength, textStart, textLength, Taken) = (blockLength - taken, 0, written, Taken + taken);
    }
}
