using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RetailLake.Local.Servers;

/// <summary>Starts a server on loopback and waits for its greeting. Of a port that we chose another one is tried when somebody took it meanwhile.</summary>
/// <param name="Program">For errors.</param>
/// <param name="Greeting">The first bytes of a session, ASCII.</param>
/// <param name="PortTaken">What the program says then.</param>
internal sealed record GreetingServer(string Program, string Greeting, string PortTaken)
{
    private const string Loopback = "127.0.0.1";
    private const int PortAttempts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="wanted">0: any free port.</param>
    /// <exception cref="ServerException">It did not answer; what it said is in the message.</exception>
    public async Task<(WatchedProcess Process, int Port)> StartAsync(int wanted, Func<int, Task<WatchedProcess>> start, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = wanted == 0 ? FreePort.Next() : wanted;
            var process = await start(port);
            if (await IsReadyAsync(port, process, cancellationToken))
                return (process, port);
            var said = process.LogTail();
            await process.DisposeAsync();
            if (wanted == 0 && attempt < PortAttempts && said.Contains(PortTaken, StringComparison.Ordinal))
                continue;
            throw new ServerException(
                $"Found {Program} not answering on port {port.ToString(CultureInfo.InvariantCulture)}: {said}\nNo drop was touched. Read '{process.Log}'.");
        }
    }

    private async Task<bool> IsReadyAsync(int port, WatchedProcess process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!process.Exited.IsCompleted && !limit.IsCancellationRequested)
        {
            if (await GreetsAsync(port, limit.Token))
                return !process.Exited.IsCompleted;
            await Task.WhenAny(process.Exited, Task.Delay(Pause, CancellationToken.None));
        }
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    private async Task<bool> GreetsAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Loopback, port, cancellationToken);
            var greeting = new byte[Greeting.Length];
            await client.GetStream().ReadExactlyAsync(greeting, cancellationToken);
            return Encoding.ASCII.GetString(greeting) == Greeting;
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
