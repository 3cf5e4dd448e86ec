using System.Net;
using System.Net.Sockets;

namespace RetailLake.Tests.MySql;

/// <summary>A proxy before the server that resets the connection after so many bytes towards the client, or falls silent.</summary>
internal sealed class CutConnection : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    private readonly bool stalls;

    public CutConnection(int serverPort, long bytes, bool stalls = false)
    {
        this.stalls = stalls;
        listener.Start();
        serving = ServeAsync(serverPort, bytes);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public long Passed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
    }

    private async Task ServeAsync(int serverPort, long bytes)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, serverPort, stop.Token);
                var up = client.GetStream().CopyToAsync(server.GetStream(), stop.Token);
                var buffer = new byte[8192];
                for (var left = bytes; left > 0;)
                {
                    var read = await server.GetStream().ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), stop.Token);
                    if (read == 0)
                    {
                        break;
                    }

                    await client.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
                    (left, Passed) = (left - read, Passed + read);
                }

                if (stalls)
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }

                // Zero seconds: a reset, not an orderly end.
                client.LingerState = new LingerOption(true, 0);
                client.Close();
                await ((Task)up).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over, or the client went first.
            _ = exception;
        }
    }
}
