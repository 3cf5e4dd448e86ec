using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RetailLake.StatesLanguage.Journal;

/// <summary>A record as a line: eight hex digits of CRC-32C, a space, JSON, a newline. JSON has no raw newline, so lines never split.</summary>
internal static class RecordLine
{
    private const int PrefixBytes = 9;

    public static byte[] Write<T>(T record, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, type);
        var line = new byte[PrefixBytes + json.Length + 1];
        Encoding.ASCII.GetBytes(Checksum(json).ToString("x8", CultureInfo.InvariantCulture), line);
        line[PrefixBytes - 1] = (byte)' ';
        json.CopyTo(line, PrefixBytes);
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>
    /// Reads the good records and the length they take. A kill can tear only the last line, so a bad last line is left out;
    /// a bad line with a good one after it is damage, and an error.
    /// </summary>
    public static (List<T> Records, long GoodBytes) ReadAll<T>(string file, JsonTypeInfo<T> type)
    {
        var bytes = ReadShared(file);
        var records = new List<T>();
        var start = 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0 || !TryRead(bytes.AsSpan(start, length), type, out var record))
            {
                return length < 0 || start + length + 1 == bytes.Length
                    ? (records, start)
                    : throw new JournalDamagedException($"Found a damaged record at byte {start} of '{file}' with more records after it; "
                        + "expected a matching checksum. The file was left as it is and its execution cannot be read. "
                        + "Restore the file from a copy, or move it away.");
            }

            records.Add(record!);
            start += length + 1;
        }

        return (records, start);
    }

    // The journal of a running execution is read while it grows.
    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var bytes = new byte[stream.Length];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type, out T? record)
    {
        record = default;
        if (line.Length <= PrefixBytes
            || !uint.TryParse(line[..(PrefixBytes - 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var expected)
            || Checksum(line[PrefixBytes..]) != expected)
        {
            return false;
        }

        record = JsonSerializer.Deserialize(line[PrefixBytes..], type);
        return record is not null;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
