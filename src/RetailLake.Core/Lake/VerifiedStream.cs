using System.Security.Cryptography;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Lake;

/// <summary>
/// Reads an object that a manifest lists and throws at its end when length or SHA-256 differ. What was read before the end is unproven:
/// publish nothing from it before <see cref="Finish"/> returned.
/// </summary>
public sealed class VerifiedStream(Stream inner, LakeObject expected) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long read;
    private bool proven;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => expected.Bytes;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

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

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            hash.Dispose();
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
        hash.AppendData(bytes);
        if (read > expected.Bytes || (atEnd && read != expected.Bytes))
        {
            throw Damaged(atEnd ? $"{read:N0} bytes" : $"more than {expected.Bytes:N0} bytes", $"{expected.Bytes:N0} bytes");
        }

        if (atEnd)
        {
            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (sha256 != expected.Sha256)
            {
                throw Damaged($"SHA-256 {sha256}", $"SHA-256 {expected.Sha256}");
            }

            proven = true;
        }
    }

    private ObjectDamagedException Damaged(string found, string wanted) => new(
        $"Found {found} in '{expected.Key}'; its manifest lists {wanted}.",
        "Nothing was taken from it.",
        "Restore the object from the bucket's versions or a backup, then redrive; or read the source again with 'lake rerun'.");
}
