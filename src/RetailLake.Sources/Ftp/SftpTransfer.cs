using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Sources.Ftp;

/// <summary>A file on an SFTP server; its errors are named outcomes.</summary>
/// <param name="abandon">Drops the connection: to close the file properly would wait for an answer once more.</param>
internal sealed class SftpTransfer(Stream inner, TimeSpan limit, string place, Func<Exception, Exception?> map, Action abandon) : ForwardStream
{
    private bool isBroken;

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
