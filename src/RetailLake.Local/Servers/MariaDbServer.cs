using MySqlConnector;

namespace RetailLake.Local.Servers;

/// <summary>A private MariaDB: loopback and a socket only, every file under one folder, gone when this process is.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const int PortAttempts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly MariaDbFiles _files;
    private readonly WatchedProcess _process;

    private MariaDbServer(MariaDbFiles files, WatchedProcess process, int port)
    {
        _files = files;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public string LogPath => _process.Log;

    /// <summary>User <c>lake</c> over TCP, as an extract would come: may read and see processes, nothing else.</summary>
    public string ConnectionString => Reader().ConnectionString;

    /// <summary>root over the socket; may load local files.</summary>
    public string AdminConnectionString => Admin(_files).ConnectionString;

    public static async Task<MariaDbServer> StartAsync(MariaDbOptions options, CancellationToken cancellationToken = default)
    {
        var software = await MariaDbSoftware.EnsureAsync(options.ToolsDir, cancellationToken);
        var files = MariaDbFiles.Prepare(options.DataDir);
        if (!Directory.Exists(files.Data))
            await MariaDbBootstrap.RunAsync(software, files, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port == 0 ? FreePort.Next() : options.Port;
            var process = await WatchedProcess.StartAsync(software.Serve(files, options, port), files.Log);
            if (await IsReadyAsync(files, process, cancellationToken))
                return new MariaDbServer(files, process, port);
            var said = process.LogTail();
            await process.DisposeAsync();
            if (options.Port == 0 && attempt < PortAttempts && said.Contains("Address already in use", StringComparison.Ordinal))
                continue;
            throw new ServerException(
                $"Found MariaDB not answering on port {port} over '{files.Folder}': {said}\nThe data folder is as it was. Read '{files.Log}'; a server that still holds the folder must end first.");
        }
    }

    public MySqlConnectionStringBuilder Reader(string database = "") => new()
    {
        Server = "127.0.0.1",
        Port = (uint)Port,
        UserID = "lake",
        Password = _files.LakePassword,
        Database = database,
        SslMode = MySqlSslMode.None,
    };

    /// <summary>As a power cut would end it; a later start over the same folder recovers.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    private static MySqlConnectionStringBuilder Admin(MariaDbFiles files) => new()
    {
        Server = files.Socket,
        ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
        UserID = "root",
        Password = files.AdminPassword,
        AllowLoadLocalInfile = true,
        SslMode = MySqlSslMode.None,
    };

    private static async Task<bool> IsReadyAsync(MariaDbFiles files, WatchedProcess process, CancellationToken cancellationToken)
    {
        var admin = Admin(files);
        admin.Pooling = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!process.Exited.IsCompleted && !limit.IsCancellationRequested)
        {
            await using var connection = new MySqlConnection(admin.ConnectionString);
            try
            {
                await connection.OpenAsync(limit.Token);
                return true;
            }
            catch (MySqlException)
            {
                // Not yet: it recovers, or a server before it still lets go of the folder.
                await Task.WhenAny(process.Exited, Task.Delay(Pause, CancellationToken.None));
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }
}
