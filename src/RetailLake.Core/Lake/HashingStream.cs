namespace RetailLake.Core.Lake;

/// <summary>Counts and hashes what is written on its way to the inner stream. It does not own the inner stream.</summary>
/// <param name="written">Told after each write how many bytes there are.</param>
public sealed class HashingStream(Stream inner, Action<long>? written = null) : Stream
{
    private readonly RunningSum sum = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => sum.Bytes;

    public override long Position
    {
        get => sum.Bytes;
        set => throw new NotSupportedException();
    }

    /// <returns>All that was written, as manifests list it; the stream is not written to afterwards.</returns>
    public LakeObject Finish(string key) => sum.Finish().At(key);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        Account(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Account(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        sum.Dispose();
        base.Dispose(disposing);
    }

    private void Account(ReadOnlySpan<byte> buffer)
    {
        sum.Append(buffer);
        written?.Invoke(sum.Bytes);
    }
}
