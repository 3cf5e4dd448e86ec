using System.IO.Hashing;
using System.Security.Cryptography;

namespace RetailLake.Core.Lake;

/// <summary>Length and both hashes of some bytes, in lower-case hex: SHA-256 names content, XXH128 proves it at a tenth of the CPU. Taken together, once.</summary>
internal record ContentSum(long Bytes, string Sha256, string Xxh128)
{
    public static ContentSum Of(ReadOnlySpan<byte> content) =>
        new(content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), Convert.ToHexStringLower(XxHash128.Hash(content)));

    public LakeObject At(string key) => new(key, Bytes, Sha256) { Xxh128 = Xxh128 };
}

/// <summary>Takes a <see cref="ContentSum"/> part by part.</summary>
internal sealed class RunningSum : IDisposable
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly XxHash128 xxh128 = new();

    public long Bytes { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        xxh128.Append(bytes);
        Bytes += bytes.Length;
    }

    /// <returns>Of all that was appended since the last call.</returns>
    public ContentSum Finish()
    {
        var sum = new ContentSum(Bytes, Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(xxh128.GetHashAndReset()));
        Bytes = 0;
        return sum;
    }

    public void Dispose() => sha256.Dispose();
}
