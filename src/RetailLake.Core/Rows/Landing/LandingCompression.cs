using ZstdSharp;
using ZstdSharp.Unsafe;

namespace RetailLake.Core.Rows.Landing;

/// <summary>
/// How landed rows are compressed: one Zstandard frame of level 1 with its content checksum, as <c>zstd -d</c> reads it. Against gzip of
/// level 3: a tenth fewer bytes, 40 % of the CPU to write, a third to read, and every object is read twice.
/// </summary>
public static class LandingCompression
{
    private const int Level = 1;

    /// <param name="destination">Not closed; the frame ends when the stream is disposed.</param>
    public static Stream Compress(Stream destination)
    {
        var stream = new CompressionStream(destination, Level, leaveOpen: true);
        stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return stream;
    }

    /// <summary>A frame without its end is an error, not the end of the text; closes what it reads from.</summary>
    public static Stream Decompress(Stream stored) => new DecompressionStream(stored, checkEndOfStream: true, leaveOpen: false);

    /// <summary>Whether reading failed because the frame is torn or its bytes are not those that were written.</summary>
    public static bool IsDamage(Exception exception) => exception is ZstdException or EndOfStreamException or InvalidDataException;
}
