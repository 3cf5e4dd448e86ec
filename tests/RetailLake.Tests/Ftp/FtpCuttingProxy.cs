using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace RetailLake.Tests.Ftp;

/// <summary>A proxy before an FTP server without TLS. It puts itself between data connections too, and resets some of them after so many bytes.</summary>
internal sealed partial class FtpCuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> running = [];
    private readonly int serverPort;
    private readonly Func<int?> cut;
    private readonly Task serving;

    /// <param name="cut">Asked for each data connection: bytes after which it is reset; null: it is not.</param>
    public FtpCuttingProxy(int serverPort, Func<int?> cut)
    {
        (this.serverPort, this.cut) = (serverPort, cut);
        listener.Start();
        serving = AcceptAsync(listener, ControlAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        await Task.WhenAll(running);
        stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener from, Func<TcpClient, Task> handle)
    {
        try
        {
            while (true)
            {
                running.Add(QuietAsync(handle, await from.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
            _ = exception;
        }
    }

    private static async Task QuietAsync(Func<TcpClient, Task> handle, TcpClient client)
    {
        using (client)
        {
            await handle(client).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ControlAsync(TcpClient client)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, serverPort, stop.Token);
        var up = client.GetStream().CopyToAsync(server.GetStream(), stop.Token);
        using var replies = new StreamReader(server.GetStream(), Encoding.Latin1);
        while (await replies.ReadLineAsync(stop.Token) is { } line)
        {
            if (ExtendedPort().Match(line) is { Success: true } match)
            {
                line = $"229 Through us (|||{DataPort(int.Parse(match.Groups[1].ValueSpan))}|)";
            }

            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), stop.Token);
        }

        client.Close();
        await ((Task)up).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private int DataPort(int port)
    {
        var data = new TcpListener(IPAddress.Loopback, 0);
        data.Start();
        running.Add(QuietAsync(async _ =>
        {
            using (data)
            {
                using var client = await data.AcceptTcpClientAsync(stop.Token);
                await DataAsync(client, port);
            }
        }, new TcpClient()));
        return ((IPEndPoint)data.LocalEndpoint).Port;
    }

    private async Task DataAsync(TcpClient client, int port)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port, stop.Token);
        var limit = cut();
        var buffer = new byte[16 * 1024];
        for (var left = limit ?? int.MaxValue; left > 0;)
        {
            var read = await server.GetStream().ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), stop.Token);
            if (read == 0)
            {
                return;
            }

            await client.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
            left -= read;
        }

        // Zero seconds: a reset, not an orderly end.
        client.LingerState = new LingerOption(true, 0);
        Cuts++;
    }

    [GeneratedRegex(@"^229 .*\(\|\|\|(\d+)\|\)")]
    private static partial Regex ExtendedPort();
}
