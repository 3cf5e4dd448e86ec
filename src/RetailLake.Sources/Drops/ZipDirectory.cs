using System.Buffers.Binary;

namespace RetailLake.Sources.Drops;

/// <summary>
/// Reads a zip archive's central directory (APPNOTE 6.3, ZIP64 included). .NET's ZipArchive checks neither checksums nor overlaps, and takes an archive behind
/// any bytes: here directory and end records must lie one behind the other up to the last byte, and entries must not share bytes.
/// </summary>
internal sealed class ZipDirectory(Stream archive, DropFaults faults)
{
    private const int MaximumEntries = 1_000;
    private const int MaximumNameBytes = 4_096;
    private const int EndRecord = 22;
    private const int End64Locator = 20;
    private const int End64Record = 56;
    private const int EntryHeader = 46;
    private const uint Symlink = 0xA000;

    /// <summary>The files of the archive in the order of their names' bytes, and where the content of each begins.</summary>
    public IReadOnlyList<(ZipEntry Entry, long Content)> Read()
    {
        var (count, start, length) = FindDirectory();
        if (count > MaximumEntries)
        {
            throw faults.TooLarge($"Found {count:N0} entries in the archive {faults.Where}; at most {MaximumEntries:N0} are read.");
        }

        var entries = ReadEntries((int)count, start, length);
        var found = new List<(ZipEntry Entry, long Content)>();
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            var content = entry.FindContent(archive);
            if (content < 0)
            {
                throw faults.Damaged($"Found a local header of '{entry.ShownName}' in the archive {faults.Where} that says otherwise than the directory.");
            }

            if (entry.Offset < end || entry.Compressed > start - content)
            {
                throw faults.Format($"Found entries that overlap in the archive {faults.Where}.");
            }

            end = content + entry.Compressed;
            found.Add((entry, content));
        }

        found.RemoveAll(file => file.Entry.IsFolder);
        found.Sort((left, right) => left.Entry.Name.AsSpan().SequenceCompareTo(right.Entry.Name));
        return found.Count == 0 ? throw faults.Format($"Found no file in the archive {faults.Where}.")
            : found.Zip(found.Skip(1)).Any(pair => pair.First.Entry.Name.AsSpan().SequenceEqual(pair.Second.Entry.Name))
            ? throw faults.Format($"Found two entries of one name in the archive {faults.Where}.")
            : found;
    }

    private (long Count, long Start, long Length) FindDirectory()
    {
        var tail = new byte[Math.Min(archive.Length, EndRecord + ushort.MaxValue + End64Locator)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - EndRecord; at >= 0; at--)
        {
            if (UInt32(tail, at) == 0x06054B50 && at + EndRecord + UInt16(tail, at + 20) == tail.Length)
            {
                return ReadEnd(tail, at, archive.Length - tail.Length + at);
            }
        }

        throw faults.Torn($"Found no end of the archive {faults.Where}.");
    }

    private (long Count, long Start, long Length) ReadEnd(byte[] tail, int at, long position)
    {
        long count = UInt16(tail, at + 10), length = UInt32(tail, at + 12), start = UInt32(tail, at + 16);
        var isSplit = UInt16(tail, at + 4) != 0 || UInt16(tail, at + 6) != 0 || UInt16(tail, at + 8) != count;
        var end = position;
        if (count == ushort.MaxValue || length == uint.MaxValue || start == uint.MaxValue)
        {
            if (at < End64Locator || UInt32(tail, at - End64Locator) != 0x07064B50)
            {
                throw faults.Damaged($"Found no ZIP64 end in the archive {faults.Where}, which its last record refers to.");
            }

            (count, start, length, end, isSplit) = ReadEnd64(UInt64(tail, at - End64Locator + 8), position - End64Locator);
        }

        return isSplit ? throw faults.Format($"Found one part of a split archive in {faults.Where}.")
            : start < 0 || length < 0 || start + length != end ? throw faults.Damaged($"Found a directory that does not end where the archive {faults.Where} ends.")
            : (count, start, length);
    }

    private (long Count, long Start, long Length, long End, bool IsSplit) ReadEnd64(long position, long locator)
    {
        var record = new byte[End64Record];
        if (position < 0 || position > locator - End64Record)
        {
            throw faults.Damaged($"Found a ZIP64 end outside the archive {faults.Where}.");
        }

        archive.Position = position;
        archive.ReadExactly(record);
        var isSplit = UInt32(record, 16) != 0 || UInt32(record, 20) != 0 || UInt64(record, 24) != UInt64(record, 32);
        return UInt32(record, 0) == 0x06064B50 && position + 12 + UInt64(record, 4) == locator
            ? (UInt64(record, 32), UInt64(record, 48), UInt64(record, 40), position, isSplit)
            : throw faults.Damaged($"Found a ZIP64 end in the archive {faults.Where} that is none.");
    }

    private List<ZipEntry> ReadEntries(int count, long start, long length)
    {
        var entries = new List<ZipEntry>();
        var header = new byte[EntryHeader];
        archive.Position = start;
        for (var left = count; left > 0; left--)
        {
            if (archive.Position + EntryHeader > start + length || archive.ReadAtLeast(header, EntryHeader) < EntryHeader || UInt32(header, 0) != 0x02014B50)
            {
                throw faults.Damaged($"Found a directory of the archive {faults.Where} that holds fewer than {count:N0} entries.");
            }

            entries.Add(ReadEntry(header));
        }

        return archive.Position == start + length ? entries : throw faults.Damaged($"Found a directory of the archive {faults.Where} that holds more than {count:N0} entries.");
    }

    private ZipEntry ReadEntry(byte[] header)
    {
        var (nameLength, extraLength, commentLength) = (UInt16(header, 28), UInt16(header, 30), UInt16(header, 32));
        if (nameLength > MaximumNameBytes)
        {
            throw faults.Format($"Found a name of {nameLength:N0} bytes in the archive {faults.Where}; at most {MaximumNameBytes:N0} are read.");
        }

        var (name, extra) = (new byte[nameLength], new byte[extraLength]);
        if (archive.ReadAtLeast(name, nameLength, false) < nameLength || archive.ReadAtLeast(extra, extraLength, false) < extraLength)
        {
            throw faults.Damaged($"Found a directory that ends within an entry in the archive {faults.Where}.");
        }

        archive.Position += commentLength;
        var (length, compressed, offset) = ((long)UInt32(header, 24), (long)UInt32(header, 20), (long)UInt32(header, 42));
        Zip64Lengths(extra, ref length, ref compressed, ref offset);
        var entry = new ZipEntry(name, UInt16(header, 8), UInt16(header, 10), (uint)UInt32(header, 16), compressed, length, offset);
        var problem = UInt16(header, 34) != 0 ? "lies in another part of a split archive"
            : ((uint)UInt32(header, 38) >> 16 & 0xF000) == Symlink && header[5] == 3 ? "is a symbolic link"
            : length < 0 || compressed < 0 || offset < 0 ? "has a negative length"
            : entry.Problem;
        return problem is null ? entry : throw faults.Format($"Found that the entry '{entry.ShownName}' of the archive {faults.Where} {problem}.");
    }

    /// <summary>The ZIP64 extra field holds, in this order, only those values whose own field is full.</summary>
    private static void Zip64Lengths(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var (id, size) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            var field = extra[4..Math.Min(4 + size, extra.Length)];
            extra = extra[Math.Min(4 + size, extra.Length)..];
            if (id == 1)
            {
                TakeIfFull(ref length, ref field);
                TakeIfFull(ref compressed, ref field);
                TakeIfFull(ref offset, ref field);
                return;
            }
        }
    }

    private static void TakeIfFull(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value == uint.MaxValue && field.Length >= 8)
        {
            value = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
        }
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
