using System.Security.Cryptography;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>What control files state hashes of: the bytes from the first to the last.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly RunningSum running = new();
#pragma warning disable CA5351 // Senders state MD5 sums; it shows a damaged transfer, and nothing is trusted because of it.
    private readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351

    public long Bytes => running.Bytes;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        running.Append(bytes);
        md5.AppendData(bytes);
    }

    /// <returns>Of all that was appended since the last call.</returns>
    public Content Finish()
    {
        var sum = running.Finish();
        return new(sum.Bytes, sum.Sha256, sum.Xxh128, Convert.ToHexStringLower(md5.GetHashAndReset()));
    }

    public void Dispose()
    {
        running.Dispose();
        md5.Dispose();
    }
}

/// <param name="Md5">Lower-case hex.</param>
internal sealed record Content(long Bytes, string Sha256, string Xxh128, string Md5) : ContentSum(Bytes, Sha256, Xxh128);
