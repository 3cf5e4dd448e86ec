namespace RetailLake.Local.Servers;

/// <summary>A private OpenSSH server on loopback that speaks sftp only, with its own keys; gone when this process is.</summary>
public sealed class SftpServer : IAsyncDisposable
{
    private static readonly string[] Packages = ["openssh-server", "openssh-sftp-server"];
    private static readonly GreetingServer Greeting = new("sshd", "SSH-", "Address already in use");

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
        var (process, port) = await Greeting.StartAsync(options.Port, async port =>
        {
            var settings = Path.Combine(state, "sshd_config");
            await File.WriteAllLinesAsync(settings, SshdSettings.Lines(software, keys, options.Folder, port), cancellationToken);
            var sshd = new Command(software.Require("sshd"), ["-D", "-e", "-f", settings]) { Environment = software.Environment() };
            return await WatchedProcess.StartAsync(SftpAccount.Run(sshd), Path.Combine(state, "sshd.log"));
        }, cancellationToken);
        return new SftpServer(process, keys, options, port);
    }

    /// <summary>As a power cut would end it; sessions that are open end with their client.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();
}
