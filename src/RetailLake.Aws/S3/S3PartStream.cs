using System.Buffers;
using Amazon.S3.Model;

namespace RetailLake.Aws.S3;

/// <summary>
/// Collects what is written into parts of 8 MiB; full ones are on their way while the next is filled, so an object of any size takes the memory of three. What stays
/// within one part becomes one request.
/// </summary>
internal sealed class S3PartStream(S3Publish publish, string key, CancellationToken stop) : Stream
{
    public const int PartBytes = 8 * 1024 * 1024;

    private const int FirstBytes = 64 * 1024;
    private const int MostParts = 10_000;
    private const int InFlight = 2;

    // The shared pool keeps an array of each size for every thread that ever gave one back: with parts that is hundreds of megabytes.
    private static readonly ArrayPool<byte> Buffers = ArrayPool<byte>.Create(PartBytes, maxArraysPerBucket: 6);

    private readonly CancellationTokenSource dropped = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly Queue<Task<PartETag>> flying = new();
    private readonly List<PartETag> parts = [];
    private byte[] filling = Buffers.Rent(FirstBytes);
    private int filled;
    private int sent;
    private string? upload;
    private bool closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !closed;

    public override long Length => ((long)sent * PartBytes) + filled;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <remarks>Encoders write from threads of their own and know no other way; they wait only while two parts are on their way.</remarks>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(closed, this);
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
        ObjectDisposedException.ThrowIf(closed, this);
        cancellationToken.ThrowIfCancellationRequested();
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
        if (upload is null)
        {
            return await publish.PutAsync(filling.AsMemory(0, filled), cancellationToken);
        }

        await SendAsync(cancellationToken);
        await LandAsync(atMost: 0);
        var isMine = await publish.CompleteAsync(upload, parts, cancellationToken);
        if (isMine)
        {
            upload = null;
        }

        return isMine;
    }

    /// <summary>What was not published leaves no parts behind.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        await dropped.CancelAsync();

        // A part that lands after the upload was thrown away would be stored and billed; and its buffer is still being sent from.
        await Task.WhenAll(flying).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (upload is not null)
        {
            await publish.AbortAsync(upload);
        }

        Buffers.Return(filling);
        filling = [];
        dropped.Dispose();
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

    /// <summary>Most objects are small: manifests, rejects, slices of a quiet feed.</summary>
    private void Grow(int needed)
    {
        var larger = Buffers.Rent(Math.Min(PartBytes, Math.Max(needed, 2 * filling.Length)));
        filling.AsSpan(0, filled).CopyTo(larger);
        Buffers.Return(filling);
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
        (filling, filled) = (Buffers.Rent(PartBytes), 0);
        flying.Enqueue(Task.Run(() => PartAsync(upload, number, full, length), CancellationToken.None));
    }

    private async Task<PartETag> PartAsync(string id, int number, byte[] bytes, int length)
    {
        try
        {
            using var body = new MemoryStream(bytes, 0, length, writable: false);
            return await publish.PartAsync(id, number, body, dropped.Token);
        }
        finally
        {
            Buffers.Return(bytes);
        }
    }

    private async Task LandAsync(int atMost)
    {
        while (flying.Count > atMost)
        {
            // It stays in the queue when it failed, so that whoever writes on is told again.
            parts.Add(await flying.Peek());
            _ = flying.Dequeue();
        }
    }
}
