using System.IO.Compression;
using System.IO.Hashing;

namespace RetailLake.Sources.Drops;

/// <summary>The content of one entry, proven at its end by length and CRC-32.</summary>
internal sealed class ZipDocument(Stream archive, ZipEntry entry, long start, DropFaults faults) : PlainStream
{
    private readonly Crc32 crc = new();
    private readonly Stream content = entry.Method == ZipEntry.Stored
        ? new Section(archive, start, entry.Compressed)
        : new DeflateStream(new Section(archive, start, entry.Compressed), CompressionMode.Decompress);

    private long read;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = content.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw faults.Damaged($"Found content of {faults.Where} that cannot be decompressed.", exception);
        }

        crc.Append(buffer[..count]);
        read += count;
        return read > entry.Length || (count == 0 && buffer.Length > 0 && (read != entry.Length || crc.GetCurrentHashAsUInt32() != entry.Crc))
            ? throw faults.Damaged($"Found content of {faults.Where} that is not what its length and checksum in the archive say.")
            : count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Section(Stream archive, long start, long length) : PlainStream
    {
        private long at;

        public override int Read(Span<byte> buffer)
        {
            archive.Position = start + at;
            var count = archive.Read(buffer[..(int)Math.Min(buffer.Length, length - at)]);
            at += count;
            return count;
        }
    }
}
