using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace RetailLake.Tests.FlatFile;

/// <summary>Archives byte by byte, so that each part can lie.</summary>
internal sealed class ZipBuilder
{
    private readonly MemoryStream archive = new();
    private readonly List<Part> parts = [];

    public sealed record Part(string Name, byte[] Content)
    {
        public int Flags { get; init; }

        public int Method { get; init; } = 8;

        public uint? Crc { get; init; }

        public long? Length { get; init; }

        public uint External { get; init; }

        public bool Zip64 { get; init; }

        /// <summary>Where the directory says that the entry begins, if elsewhere.</summary>
        public long? ClaimedOffset { get; init; }

        public string? LocalName { get; init; }

        public long Offset { get; set; }

        public byte[] Compressed { get; set; } = [];
    }

    public static byte[] Of(params Part[] parts)
    {
        var builder = new ZipBuilder();
        foreach (var part in parts)
        {
            builder.Add(part);
        }

        return builder.Finish();
    }

    public static Part Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private void Add(Part part)
    {
        part.Offset = archive.Position;
        part.Compressed = part.Method == 8 ? Deflate(part.Content) : part.Content;
        var hasLengthsBehind = (part.Flags & 8) != 0;
        Write32(0x04034B50);
        WriteCommon(part, hasLengthsBehind);
        var name = Encoding.UTF8.GetBytes(part.LocalName ?? part.Name);
        Write16(name.Length);
        Write16(0);
        archive.Write(name);
        archive.Write(part.Compressed);
        if (hasLengthsBehind)
        {
            Write32(0x08074B50);
            WriteLengths(part);
        }

        parts.Add(part);
    }

    private byte[] Finish()
    {
        var start = archive.Position;
        foreach (var part in parts)
        {
            var name = Encoding.UTF8.GetBytes(part.Name);
            Write32(0x02014B50);
            Write16((3 << 8) | 45);
            WriteCommon(part, false, part.Zip64);
            Write16(name.Length);
            Write16(part.Zip64 ? 28 : 0);
            Write16(0);
            Write16(0);
            Write16(0);
            Write32(part.External);
            Write32(part.Zip64 ? uint.MaxValue : (uint)(part.ClaimedOffset ?? part.Offset));
            archive.Write(name);
            if (part.Zip64)
            {
                Write16(1);
                Write16(24);
                Write64(part.Content.Length);
                Write64(part.Compressed.Length);
                Write64(part.Offset);
            }
        }

        var length = archive.Position - start;
        var isZip64 = parts.Exists(part => part.Zip64);
        if (isZip64)
        {
            WriteZip64End(start, length);
        }

        Write32(0x06054B50);
        Write32(0);
        Write16(isZip64 ? ushort.MaxValue : parts.Count);
        Write16(isZip64 ? ushort.MaxValue : parts.Count);
        Write32(isZip64 ? uint.MaxValue : (uint)length);
        Write32(isZip64 ? uint.MaxValue : (uint)start);
        Write16(0);
        return archive.ToArray();
    }

    private void WriteZip64End(long start, long length)
    {
        var end = archive.Position;
        Write32(0x06064B50);
        Write64(44);
        Write16(45);
        Write16(45);
        Write64(0);
        Write64(parts.Count);
        Write64(parts.Count);
        Write64(length);
        Write64(start);
        Write32(0x07064B50);
        Write32(0);
        Write64(end);
        Write32(1);
    }

    private void WriteCommon(Part part, bool withoutLengths, bool full = false)
    {
        Write16(20);
        Write16(part.Flags);
        Write16(part.Method);
        Write32(0);
        if (withoutLengths)
        {
            Write32(0);
            Write64(0);
        }
        else
        {
            WriteLengths(part, full);
        }
    }

    private void WriteLengths(Part part, bool full = false)
    {
        Write32(part.Crc ?? Crc32.HashToUInt32(part.Content));
        Write32(full ? uint.MaxValue : (uint)part.Compressed.Length);
        Write32(full ? uint.MaxValue : (uint)(part.Length ?? part.Content.Length));
    }

    private static byte[] Deflate(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Optimal))
        {
            deflate.Write(content);
        }

        return compressed.ToArray();
    }

    private void Write16(int value) => archive.Write(BitConverter.GetBytes((ushort)value));

    private void Write32(uint value) => archive.Write(BitConverter.GetBytes(value));

    private void Write64(long value) => archive.Write(BitConverter.GetBytes(value));
}
