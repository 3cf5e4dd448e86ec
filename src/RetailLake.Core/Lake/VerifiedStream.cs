using System.IO.Hashing;
using System.Security.Cryptography;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Lake;

/// <summary>
/// Reads an object that a manifest lists and throws at its end when its length differs, or its XXH128, or where none is listed its SHA-256. What was read
/// before the end is unproven: publish nothing from it before <see cref="Finish"/> returned.
/// </summary>
public sealed class VerifiedStream(Stream inner, LakeObject expected) : ForwardStream
{
    private readonly XxHash128? xxh128 = expected.Xxh128 is null ? null : new();
    private readonly IncrementalHash? sha256 = expected.Xxh128 is null ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private long read;
    private bool proven;

    public override long Length => expected.Bytes;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Account(buffer[..count], atEnd: count == 0 && buffer.Length > 0);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Account(buffer.Span[..count], atEnd: count == 0 && buffer.Length > 0);
        return count;
    }

    /// <summary>Reads what a consumer left unread (a decompressor stops where its format ends) and proves the whole object.</summary>
    /// <exception cref="ObjectDamagedException">The object is not the one that the manifest lists.</exception>
    public void Finish()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (!proven)
        {
            _ = Read(rest);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            sha256?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Account(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        if (proven)
        {
            return;
        }

        read += bytes.Length;
        xxh128?.Append(bytes);
        sha256?.AppendData(bytes);
        if (read > expected.Bytes || (atEnd && read != expected.Bytes))
        {
            throw Damaged(atEnd ? $"{read:N0} bytes" : $"more than {expected.Bytes:N0} bytes", $"{expected.Bytes:N0} bytes");
        }

        if (atEnd)
        {
            Compare();
            proven = true;
        }
    }

    private void Compare()
    {
        var (name, listed) = expected.Xxh128 is { } fast ? ("XXH128", fast) : ("SHA-256", expected.Sha256);
        var found = Convert.ToHexStringLower(xxh128?.GetHashAndReset() ?? sha256!.GetHashAndReset());
        if (found != listed)
        {
            throw Damaged($"{name} {found}", $"{name} {listed}");
        }
    }

    private ObjectDamagedException Damaged(string found, string wanted) => new(
        $"Found {found} in '{expected.Key}'; its manifest lists {wanted}.",
        "Nothing was taken from it.",
        "Restore the object from the bucket's versions or a backup, then redrive; or read the source again with 'lake rerun'.");
}
