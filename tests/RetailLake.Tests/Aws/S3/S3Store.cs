using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Tests.Aws.S3;

/// <param name="Crc32">Of the whole object; null where S3 has one of its parts only.</param>
internal sealed record StoredObject(byte[] Content, string ETag, DateTime Modified, IReadOnlyDictionary<string, string> Metadata, string? Crc32);

internal sealed record StoredUpload(string Key, IReadOnlyDictionary<string, string> Metadata, SortedDictionary<int, byte[]> Parts);

/// <summary>The objects of one bucket, in the order of their keys' UTF-8 bytes, and its unfinished uploads.</summary>
internal sealed class S3Store
{
    public Lock Gate { get; } = new();

    public SortedDictionary<string, StoredObject> Objects { get; } = new(Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))));

    public Dictionary<string, StoredUpload> Uploads { get; } = [];

    public StoredObject Put(string key, byte[] content, IReadOnlyDictionary<string, string> metadata, int parts = 0)
    {
        // S3's ETag of an object in one piece is its MD5, which the client compares; that of parts ends in their number.
#pragma warning disable CA5351
        var eTag = $"\"{Convert.ToHexStringLower(MD5.HashData(content))}{(parts > 0 ? $"-{parts.ToString(CultureInfo.InvariantCulture)}" : "")}\"";
#pragma warning restore CA5351
        return Objects[key] = new(content, eTag, DateTime.UnixEpoch.AddTicks(TimeProvider.System.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks), metadata, parts > 0 ? null : Crc32Of(content));
    }

    public static string Crc32Of(ReadOnlySpan<byte> content)
    {
        var big = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(big, Crc32.HashToUInt32(content));
        return Convert.ToBase64String(big);
    }
}
