using RetailLake.Core.Errors;

namespace RetailLake.Sources.Ftp;

/// <summary>A file on an SFTP server; its errors are named outcomes.</summary>
/// <param name="abandon">Drops the connection: to close the file properly would wait for an answer once more.</param>
internal sealed class SftpTransfer(Stream inner, TimeSpan limit, string place, Func<Exception, Exception?> map, Action abandon) : Stream
{
    private bool isBroken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await FtpTimer.RunAsync(token => inner.ReadAsync(buffer, token), limit, place, cancellationToken);
        }
        catch (SourceUnavailableException)
        {
            isBroken = true;
            throw;
        }
        catch (Exception exception) when (map(exception) is { } mapped)
        {
            isBroken = true;
            throw mapped;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
            try
            {
                if (isBroken)
                {
                    abandon();
                }

                inner.Dispose();
            }
            catch (Exception exception) when (map(exception) is not null)
            {
                // The connection is gone, and the handle with it.
                _ = exception;
            }
        }

        base.Dispose(disposing);
    }
}
