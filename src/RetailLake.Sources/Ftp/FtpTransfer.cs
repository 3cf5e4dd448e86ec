using System.Net.Sockets;
using RetailLake.Core.Lake;

namespace RetailLake.Sources.Ftp;

/// <summary>What the server sends on a data connection. It ends only when the server has said, on the control connection, that it sent everything.</summary>
internal sealed class FtpTransfer(TcpClient tcp, Stream data, FtpControl control, FtpLimits limits) : ForwardStream
{
    private long skip;
    private bool ended;

    /// <summary>Bytes at the beginning that nobody wants: the server cannot begin later.</summary>
    public required long Skip
    {
        get => skip;
        init => skip = value;
    }

    /// <summary>Called when the end was confirmed, with whether the transfer was read to it.</summary>
    public required Action<bool> OnClosed { get; init; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!ended && buffer.Length > 0)
        {
            var wanted = skip == 0 ? buffer : buffer[..(int)Math.Min(skip, buffer.Length)];
            var read = await FtpTimer.RunAsync(token => data.ReadAsync(wanted, token), limits.Data, control.Place, cancellationToken);
            if (read == 0)
            {
                await EndAsync(cancellationToken);
            }
            else if (skip == 0)
            {
                return read;
            }
            else
            {
                skip -= read;
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !ended)
        {
            // The server still sends, or its last word is still to come: nothing more can be asked on this connection.
            OnClosed(false);
            data.Dispose();
            tcp.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await data.DisposeAsync();
        tcp.Dispose();
        var reply = await control.ReadAsync(cancellationToken);
        if (!reply.IsDone)
        {
            throw FtpErrors.Unfinished(control.Place, reply);
        }

        ended = true;
        OnClosed(true);
    }
}
