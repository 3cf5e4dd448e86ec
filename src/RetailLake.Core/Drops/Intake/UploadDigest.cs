using System.Buffers;
using System.Security.Cryptography;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Intake;

/// <summary>What one read of an upload shows.</summary>
/// <param name="Md5">Null unless asked for.</param>
/// <param name="Tail">The last bytes, a few kilobytes at most: a trailer is among them.</param>
/// <param name="BeforeSubstitutes">The last byte that is neither 0x1A nor, of UTF-16, 0; null: none is.</param>
internal sealed record UploadDigest(long Bytes, string Sha256, string Xxh128, string? Md5, ReadOnlyMemory<byte> Tail, byte? BeforeSubstitutes) : ContentSum(Bytes, Sha256, Xxh128)
{
    private const int TailBytes = 4096;

    public static async Task<UploadDigest> OfAsync(Stream stream, bool withMd5, CancellationToken cancellationToken)
    {
        using var running = new RunningSum();
#pragma warning disable CA5351 // Some senders' control files state nothing better; it finds torn copies, it keeps nobody out.
        using var md5 = withMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
#pragma warning restore CA5351
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            var tail = Array.Empty<byte>();
            byte? before = null;
            for (int count; (count = await stream.ReadAtLeastAsync(buffer, TailBytes, throwOnEndOfStream: false, cancellationToken)) > 0;)
            {
                var read = buffer.AsMemory(0, count);
                running.Append(read.Span);
                md5?.AppendData(read.Span);
                before = read.Span.LastIndexOfAnyExcept((byte)0x1A, (byte)0) is >= 0 and var last ? read.Span[last] : before;
                tail = count >= TailBytes ? read[^TailBytes..].ToArray() : [.. tail.Concat(read.ToArray()).TakeLast(TailBytes)];
            }

            var sum = running.Finish();
            return new(sum.Bytes, sum.Sha256, sum.Xxh128, md5 is null ? null : Convert.ToHexStringLower(md5.GetHashAndReset()), tail, before);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
