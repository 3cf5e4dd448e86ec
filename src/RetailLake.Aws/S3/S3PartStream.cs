using System.Buffers;
using Amazon.S3.Model;

namespace RetailLake.Aws.S3;

/// <summary>
/// Collects what is written into parts of 8 MiB; a full part is on its way while the next is filled, so an object of any size takes the memory of three. What stays
/// under one part becomes one request.
/// </summary>
internal sealed class S3PartStream(S3Publish publish, string key, CancellationToken stop) : Stream
{
    public const int PartBytes = 8 * 1024 * 1024;

    private const int FirstBytes = 64 * 1024;
    private const int MostParts = 10_000;
    private const int InFlight = 2;

    private readonly Queue<Task<PartETag>> flying = new();
    private readonly List<PartETag> parts = [];
    private byte[] filling = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int filled;
    private int sent;
    private string? upload;
    private bool decided;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => ((long)sent * PartBytes) + filled;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (filled == PartBytes)
            {
                SendAsync(stop).GetAwaiter().GetResult();
            }

            buffer = buffer[Take(buffer)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (filled == PartBytes)
            {
                await SendAsync(cancellationToken);
            }

            buffer = buffer[Take(buffer.Span)..];
        }
    }

    /// <summary>Sends the rest and gives the object its key.</summary>
    /// <returns>False when the key is taken.</returns>
    public async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        bool isMine;
        if (upload is null)
        {
            isMine = await publish.PutAsync(filling.AsMemory(0, filled), cancellationToken);
        }
        else
        {
            if (filled > 0)
            {
                await SendAsync(cancellationToken);
            }

            await LandAsync(atMost: 0);
            isMine = await publish.CompleteAsync(upload, parts, cancellationToken);
        }

        decided = true;
        return isMine;
    }

    /// <summary>What was not published leaves no parts behind.</summary>
    public override async ValueTask DisposeAsync()
    {
        foreach (var part in flying)
        {
            // A buffer goes back to the pool only when nobody sends from it any more.
            await part.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        flying.Clear();
        if (upload is not null && !decided)
        {
            decided = true;
            await publish.AbortAsync(upload);
        }

        if (filling.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(filling);
            filling = [];
        }

        await base.DisposeAsync();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, PartBytes - filled)];
        if (filled + taken.Length > filling.Length)
        {
            Grow(filled + taken.Length);
        }

        taken.CopyTo(filling.AsSpan(filled));
        filled += taken.Length;
        return taken.Length;
    }

    // Most objects are small: manifests, rejects, slices of a quiet feed.
    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(PartBytes, Math.Max(needed, 2 * filling.Length)));
        filling.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(filling);
        filling = larger;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (sent == MostParts)
        {
            throw new InvalidOperationException(
                $"Found more than {MostParts:N0} parts of {PartBytes:N0} bytes in '{key}', S3's most for one object. Nothing was published. Cut the work into smaller slices in the contract.");
        }

        upload ??= await publish.BeginAsync(cancellationToken);
        await LandAsync(atMost: InFlight - 1);
        var (full, length, number) = (filling, filled, ++sent);
        (filling, filled) = (ArrayPool<byte>.Shared.Rent(PartBytes), 0);
        flying.Enqueue(PartAsync(upload, number, full, length));
    }

    private async Task<PartETag> PartAsync(string id, int number, byte[] bytes, int length)
    {
        try
        {
            using var body = new MemoryStream(bytes, 0, length, writable: false);
            return await publish.PartAsync(id, number, body, stop);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private async Task LandAsync(int atMost)
    {
        while (flying.Count > atMost)
        {
            var part = flying.Peek();
            parts.Add(await part);
            _ = flying.Dequeue();
        }
    }
}
