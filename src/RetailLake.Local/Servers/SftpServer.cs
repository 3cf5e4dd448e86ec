using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RetailLake.Local.Servers;

/// <summary>A private OpenSSH server on loopback that speaks sftp only, with its own keys; gone when this process is.</summary>
public sealed class SftpServer : IAsyncDisposable
{
    private const int PortAttempts = 5;
    private static readonly string[] Packages = ["openssh-server", "openssh-sftp-server"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly WatchedProcess _process;
    private readonly SftpKeys _keys;

    private SftpServer(WatchedProcess process, SftpKeys keys, SftpOptions options, int port)
    {
        _process = process;
        _keys = keys;
        Folder = Path.GetFullPath(options.Folder);
        Port = port;
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    public string Folder { get; }

    public string UserName { get; } = SftpAccount.Name;

    public string ClientKeyPath => _keys.ClientKey;

    public string HostKeyFingerprint => _keys.HostKeyFingerprint();

    public string LogPath => _process.Log;

    public int ProcessId => _process.Id;

    public static async Task<SftpServer> StartAsync(SftpOptions options, CancellationToken cancellationToken = default)
    {
        var software = await new DebianPackages(options.ToolsDir).EnsureAsync("openssh", "sshd", Packages, cancellationToken);
        var state = Path.GetFullPath(options.StateDir);
        PrivatePath.CreateFolder(state);
        Directory.CreateDirectory(options.Folder);
        var keys = await SftpKeys.EnsureAsync(software, state, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port == 0 ? FreePort.Next() : options.Port;
            var settings = Path.Combine(state, "sshd_config");
            await File.WriteAllLinesAsync(settings, SshdSettings.Lines(software, keys, options.Folder, port), cancellationToken);
            var sshd = new Command(software.Require("sshd"), ["-D", "-e", "-f", settings]) { Environment = software.Environment() };
            var process = await WatchedProcess.StartAsync(SftpAccount.Run(sshd), Path.Combine(state, "sshd.log"));
            if (await IsReadyAsync(port, process, cancellationToken))
                return new SftpServer(process, keys, options, port);
            var said = process.LogTail();
            await process.DisposeAsync();
            if (options.Port == 0 && attempt < PortAttempts && said.Contains("Address already in use", StringComparison.Ordinal))
                continue;
            throw new ServerException(
                $"Found sshd not answering on port {port.ToString(CultureInfo.InvariantCulture)}: {said}\nNo drop was touched. Read '{process.Log}'.");
        }
    }

    /// <summary>As a power cut would end it; sessions that are open end with their client.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    private static async Task<bool> IsReadyAsync(int port, WatchedProcess process, CancellationToken cancellationToken)
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

    private static async Task<bool> GreetsAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Host, port, cancellationToken);
            var greeting = new byte[4];
            await client.GetStream().ReadExactlyAsync(greeting, cancellationToken);
            return Encoding.ASCII.GetString(greeting) == "SSH-";
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
