using System.Globalization;
using RetailLake.Local.Running;
using RetailLake.Local.Servers;

namespace RetailLake.Local.Kafka;

/// <summary>The private broker in a process of its own: it ends with this one, and its death is a broker's death.</summary>
public sealed class BrokerProcess : IAsyncDisposable
{
    /// <summary>What <c>lake broker</c> says when it listens.</summary>
    public const string Listening = "Kafka broker on ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly WatchedProcess process;

    private BrokerProcess(WatchedProcess process, string bootstrap)
    {
        this.process = process;
        Bootstrap = bootstrap;
    }

    public string Bootstrap { get; }

    public int ProcessId => process.Id;

    public Task Exited => process.Exited;

    /// <param name="program">The <c>lake</c> program.</param>
    /// <param name="folder">For its log.</param>
    public static async Task<BrokerProcess> StartAsync(string program, string folder, int port, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var log = Path.Combine(folder, "broker.log");

        // An earlier broker's address stands in it.
        File.Delete(log);
        var process = await WatchedProcess.StartAsync(new(program, ["broker", "--port", port.ToString(CultureInfo.InvariantCulture)]), log);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            return new(process, await AddressAsync(process, limit.Token, cancellationToken));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>As a power cut would end it: everything in it is gone.</summary>
    public Task KillAsync() => process.KillAsync();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<string> AddressAsync(WatchedProcess process, CancellationToken limit, CancellationToken cancellationToken)
    {
        while (!process.Exited.IsCompleted && !limit.IsCancellationRequested)
        {
            if (process.LogTail().Split('\n').FirstOrDefault(line => line.StartsWith(Listening, StringComparison.Ordinal)) is { } line)
            {
                return line[Listening.Length..].Split(' ')[0];
            }

            await Task.WhenAny(process.Exited, Task.Delay(Pause, CancellationToken.None));
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new CommandRefusedException($"Found no broker listening: {process.LogTail()}", "No topic is read.", $"Read '{process.Log}'; another port may help.");
    }
}
