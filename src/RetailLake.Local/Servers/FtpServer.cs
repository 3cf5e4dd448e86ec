using System.Globalization;
using System.Security.Cryptography;

namespace RetailLake.Local.Servers;

/// <summary>A private vsftpd on loopback, with or without TLS; read only, and gone when this process is.</summary>
public sealed class FtpServer : IAsyncDisposable
{
    private const int DataPorts = 64;
    private static readonly GreetingServer Greeting = new("vsftpd", "220 ", "could not bind");

    private readonly WatchedProcess _process;

    private FtpServer(WatchedProcess process, FtpOptions options, int port, string password, FtpCertificate? certificate)
    {
        _process = process;
        Folder = Path.GetFullPath(options.Folder);
        Port = port;
        Password = password;
        CertificateSha256 = certificate?.Fingerprint();
        CertificateFile = certificate?.CertificateFile;
    }

    /// <summary>The name in the certificate.</summary>
    public static string Host => "localhost";

    public int Port { get; }

    public string Folder { get; }

    public string UserName { get; } = "ftp";

    public string Password { get; }

    /// <summary>Null without TLS.</summary>
    public string? CertificateSha256 { get; }

    public string? CertificateFile { get; }

    public string Location => string.Create(CultureInfo.InvariantCulture, $"{(CertificateSha256 is null ? "ftp" : "ftps")}://{Host}:{Port}/");

    public string LogPath => _process.Log;

    public int ProcessId => _process.Id;

    public static async Task<FtpServer> StartAsync(FtpOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var software = await new DebianPackages(options.ToolsDir).EnsureAsync("vsftpd", "vsftpd", ["vsftpd"], cancellationToken);
        options = options with { StateDir = Path.GetFullPath(options.StateDir) };
        PrivatePath.CreateFolder(options.StateDir);
        Directory.CreateDirectory(options.Folder);
        var certificate = options.Tls ? FtpCertificate.Ensure(options.StateDir, time ?? TimeProvider.System) : null;
        var password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var passwords = Path.Combine(options.StateDir, "ftp.passwords");
        PrivatePath.WriteLines(passwords, password);
        var (process, port) = await Greeting.StartAsync(options.Port, async port =>
        {
            var first = DataPortsBeside(port);
            var settings = Path.Combine(options.StateDir, "vsftpd.conf");
            PrivatePath.WriteLines(settings, [.. VsftpdSettings.Lines(options, SftpAccount.Name, port, (first, first + DataPorts - 1), certificate, passwords)]);
            await SftpAccount.GiveAsync(settings, cancellationToken);
            await SftpAccount.GiveAsync(options.StateDir, cancellationToken);
            var vsftpd = new Command(software.Require("vsftpd"), [settings]) { Environment = software.Environment() };
            return await WatchedProcess.StartAsync(SftpAccount.Run(vsftpd), Path.Combine(options.StateDir, "vsftpd.log"));
        }, cancellationToken);
        return new FtpServer(process, options, port, password, certificate);
    }

    /// <summary>As a power cut would end it; sessions that are open end with their client.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    /// <summary>vsftpd draws from them until one is free, so those of two servers may overlap.</summary>
    private static int DataPortsBeside(int port) => port < 60000 ? port + 1 : port - DataPorts;
}
