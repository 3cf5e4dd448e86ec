using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace RetailLake.Core.Drops.Intake;

/// <summary>What one read of an upload shows.</summary>
/// <param name="Md5">Null unless asked for.</param>
/// <param name="Tail">The last bytes, at most four.</param>
internal sealed record UploadDigest(long Bytes, string Sha256, string Xxh128, string? Md5, ReadOnlyMemory<byte> Tail)
{
    private const int TailBytes = 4;

    public static async Task<UploadDigest> OfAsync(Stream stream, bool withMd5, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5351 // Some senders' control files state nothing better; it finds torn copies, it keeps nobody out.
        using var md5 = withMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
#pragma warning restore CA5351
        var xxh128 = new XxHash128();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            var bytes = 0L;
            var tail = Array.Empty<byte>();
            for (int count; (count = await stream.ReadAtLeastAsync(buffer, TailBytes, throwOnEndOfStream: false, cancellationToken)) > 0;)
            {
                var read = buffer.AsMemory(0, count);
                sha256.AppendData(read.Span);
                xxh128.Append(read.Span);
                md5?.AppendData(read.Span);
                bytes += count;
                tail = count >= TailBytes ? read[^TailBytes..].ToArray() : [.. tail.Concat(read.ToArray()).TakeLast(TailBytes)];
            }

            return new(bytes, Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(xxh128.GetHashAndReset()), md5 is null ? null : Convert.ToHexStringLower(md5.GetHashAndReset()), tail);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
