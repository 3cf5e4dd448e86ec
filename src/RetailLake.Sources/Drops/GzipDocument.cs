using System.IO.Compression;
using RetailLake.Core.Rows;

namespace RetailLake.Sources.Drops;

/// <summary>
/// The content of a gzip file of one or more members. .NET checks each member's CRC-32 and length, but ends without a word at whatever
/// follows a member and is none, a damaged second member for one: then it has not asked for the end of the stream, and so it is known here.
/// </summary>
internal sealed class GzipDocument : PlainStream
{
    private readonly PeekedStream stored;
    private readonly DropFaults faults;
    private readonly GZipStream gzip;

    public GzipDocument(PeekedStream stored, DropFaults faults)
    {
        LakeRuntime.AssertStrictGzip();
        (this.stored, this.faults) = (stored, faults);
        gzip = new GZipStream(stored, CompressionMode.Decompress, leaveOpen: true);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = gzip.Read(buffer);
            return read > 0 || buffer.IsEmpty || stored.IsAtEnd
                ? read
                : throw faults.Torn($"Found bytes behind the end of the gzip stream of {faults.Where} that are no further member.");
        }
        catch (InvalidDataException exception)
        {
            throw stored.IsAtEnd
                ? faults.Torn($"Found a gzip stream without its end in {faults.Where}.", exception)
                : faults.Damaged($"Found a gzip stream in {faults.Where} that is not what its checksum says.", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gzip.Dispose();
        }

        base.Dispose(disposing);
    }
}
