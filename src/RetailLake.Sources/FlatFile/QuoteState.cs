namespace RetailLake.Sources.FlatFile;

/// <summary>
/// What lies within quotes, block by block from the first byte of a record on. Each quote turns the state over, and two doubled ones leave it as it was: that is
/// RFC 4180 as long as each opening quote stands behind a delimiter, a line end or another quote, and each closing one before such.
/// </summary>
internal struct QuoteState()
{
    // All bits within quotes, else none.
    private ulong inside;

    // Of the byte before the block, as the lowest bit: whether a quote behind it may open, and whether it is a quote that closed.
    private ulong mayOpen = 1;
    private ulong closed;

    /// <summary>Takes the next block.</summary>
    /// <param name="odd">Quotes that stand where none may, or bytes where a quote should have been doubled: what the state says of them and of all behind them means nothing.</param>
    /// <param name="doubled">The second ones of doubled quotes.</param>
    /// <returns>Bytes within quotes, opening ones included.</returns>
    public ulong Take(in TextBlock block, out ulong odd, out ulong doubled)
    {
        var (quotes, specials) = (block.Quotes, block.Specials);
        var within = ToggledBy(quotes) ^ inside;
        var (opening, closing) = (quotes & within, quotes & ~within);
        var behindClosing = (closing << 1) | closed;
        doubled = opening & behindClosing;
        odd = (opening & ~((specials << 1) | mayOpen)) | (behindClosing & ~specials);
        (inside, mayOpen, closed) = ((ulong)((long)within >> 63), specials >> 63, closing >> 63);
        return within;
    }

    /// <summary>Passes a block without quotes, when none was before it either.</summary>
    public void Pass(in TextBlock block) => mayOpen = block.Specials >> 63;

    /// <summary>Each bit is whether the number of bits up to it is odd.</summary>
    private static ulong ToggledBy(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
