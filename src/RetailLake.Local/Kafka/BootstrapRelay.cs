using System.Net;
using System.Net.Sockets;
using RetailLake.Local.Running;

namespace RetailLake.Local.Kafka;

/// <summary>A loopback port that leads to another one.</summary>
internal sealed class BootstrapRelay : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly int target;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    private BootstrapRelay(TcpListener listener, int target)
    {
        this.listener = listener;
        this.target = target;
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <exception cref="CommandRefusedException">The port is taken.</exception>
    public static BootstrapRelay Start(int port, int target)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return new(listener, target);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new CommandRefusedException($"Found port {port} of 127.0.0.1 taken ({e.SocketErrorCode}).", "No broker was started.", "Name another port, or end what listens there.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = RelayAsync(await listener.AcceptTcpClientAsync(stopping.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (stopping.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, stopping.Token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, stopping.Token), far.CopyToAsync(near, stopping.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Either side went away; closing both tells the other.
                client.Close();
            }
        }
    }
}
