using System.Buffers.Binary;
using System.Text;

namespace RetailLake.Sources.Drops;

/// <summary>One file of an archive, as the central directory describes it.</summary>
/// <param name="Name">Bytes; UTF-8 or another encoding, nobody knows. They order the entries and are data beyond that.</param>
internal sealed record ZipEntry(byte[] Name, int Flags, int Method, uint Crc, long Compressed, long Length, long Offset)
{
    public const int Stored = 0;
    public const int Deflated = 8;

    private const int LocalHeader = 30;
    private const int Encrypted = 1;
    private const int PatchedOrStrong = (1 << 5) | (1 << 6) | (1 << 13);
    private const int LengthsBehind = 1 << 3;

    // What local header and directory must say alike; writers differ about the other flags.
    private const int Compared = Encrypted | PatchedOrStrong | LengthsBehind;

    public string ShownName => DropFaults.Show(Encoding.UTF8.GetString(Name));

    public bool IsFolder => Name is [.., (byte)'/'];

    /// <summary>What keeps the entry from being read; null when nothing does.</summary>
    public string? Problem =>
        (Flags & (Encrypted | PatchedOrStrong)) != 0 ? "is encrypted or a patch"
        : Method is not (Stored or Deflated) ? $"is compressed by method {Method}; only 'stored' and 'deflated' are read"
        : Method == Stored && Compressed != Length ? "is stored with two lengths"
        : IsFolder && Length != 0 ? "is a folder with content"
        : HasBadName ? "has a name that leads out of a folder"
        : null;

    private bool HasBadName
    {
        get
        {
            var name = Encoding.Latin1.GetString(Name);
            return name.Length == 0 || name.AsSpan().ContainsAny('\\', '\0', ':') || name[0] == '/' || name.Split('/').Contains("..") || name.Split('/').Contains(".");
        }
    }

    /// <summary>Where the entry's bytes begin.</summary>
    /// <returns>-1 when the local header says otherwise than the directory.</returns>
    public long FindContent(Stream archive)
    {
        Span<byte> header = stackalloc byte[LocalHeader];
        archive.Position = Offset;
        if (archive.ReadAtLeast(header, LocalHeader, throwOnEndOfStream: false) < LocalHeader || BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034B50)
        {
            return -1;
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        if (((flags ^ Flags) & Compared) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != Method || nameLength != Name.Length)
        {
            return -1;
        }

        var name = new byte[nameLength];
        var sameLengths = (flags & LengthsBehind) != 0
            || (BinaryPrimitives.ReadUInt32LittleEndian(header[14..]) == Crc && Agrees(header[18..], Compressed) && Agrees(header[22..], Length));
        return sameLengths && archive.ReadAtLeast(name, nameLength, throwOnEndOfStream: false) == nameLength && name.AsSpan().SequenceEqual(Name)
            ? Offset + LocalHeader + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
            : -1;
    }

    private static bool Agrees(ReadOnlySpan<byte> field, long length) =>
        BinaryPrimitives.ReadUInt32LittleEndian(field) is var written && (written == uint.MaxValue || written == length);
}
