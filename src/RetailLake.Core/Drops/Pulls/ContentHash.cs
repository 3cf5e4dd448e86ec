using System.IO.Hashing;
using System.Security.Cryptography;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>What control files state hashes of: the bytes from the first to the last.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly XxHash128 xxh128 = new();
#pragma warning disable CA5351 // Senders state MD5 sums; it shows a damaged transfer, and nothing is trusted because of it.
    private readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351

    public long Bytes { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        xxh128.Append(bytes);
        md5.AppendData(bytes);
        Bytes += bytes.Length;
    }

    /// <returns>Of all that was appended since the last call.</returns>
    public Content Finish()
    {
        var content = new Content(Bytes, Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(xxh128.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()));
        Bytes = 0;
        return content;
    }

    public void Dispose()
    {
        sha256.Dispose();
        md5.Dispose();
    }
}

/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Xxh128">Lower-case hex, big-endian.</param>
/// <param name="Md5">Lower-case hex.</param>
internal sealed record Content(long Bytes, string Sha256, string Xxh128, string Md5)
{
    public LakeObject At(string key) => new(key, Bytes, Sha256) { Xxh128 = Xxh128 };
}
