using System.Diagnostics;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Local.Servers;
using RetailLake.Sources.Ftp;
using RetailLake.Tests.Ftp;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace RetailLake.Tests.Ftp;

/// <summary>vsftpd without and with TLS, and OpenSSH; each serves a folder of its own and starts when it is first asked for.</summary>
public sealed class RealServers : IAsyncDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("lake-ftp-").FullName;
    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<string, FtpServer> ftp = [];
    private SftpServer? sftp;

    public static TheoryData<string> Kinds => ["ftp", "ftps", "sftp"];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in ftp.Values)
        {
            await server.DisposeAsync();
        }

        if (sftp is not null)
        {
            await sftp.DisposeAsync();
        }

        turn.Dispose();

        // The framework cannot name files whose names are not UTF-8.
        using var remove = Process.Start("rm", ["-rf", home]);
        await remove.WaitForExitAsync();
    }

    public Task<FtpServer> FtpAsync(bool tls = false) => OnceAsync(async () =>
    {
        var kind = tls ? "ftps" : "ftp";
        if (!ftp.TryGetValue(kind, out var server))
        {
            server = ftp[kind] = await FtpServer.StartAsync(new() { Folder = Path.Combine(home, kind), StateDir = Path.Combine(home, $"{kind}-state"), Tls = tls });
        }

        return server;
    });

    public Task<SftpServer> SftpAsync() => OnceAsync(async () => sftp ??= await SftpServer.StartAsync(new() { Folder = Path.Combine(home, "sftp"), StateDir = Path.Combine(home, "sftp-state") }));

    /// <summary>A folder of its own on one of them.</summary>
    internal async Task<RealFolder> FolderAsync(string kind)
    {
        var name = $"f{Guid.NewGuid():N}";
        if (kind == "sftp")
        {
            var server = await SftpAsync();
            return new(Directory.CreateDirectory(Path.Combine(server.Folder, name)).FullName, $"sftp://{SftpServer.Host}:{server.Port}/~/{name}", PullFeeds.SecretOf(server));
        }

        var other = await FtpAsync(kind == "ftps");
        return new(Directory.CreateDirectory(Path.Combine(other.Folder, name)).FullName, $"{other.Location}~/{name}", PullFeeds.SecretOf(other));
    }

    private async Task<T> OnceAsync<T>(Func<Task<T>> start)
    {
        await turn.WaitAsync();
        try
        {
            return await start();
        }
        finally
        {
            turn.Release();
        }
    }
}

internal sealed record RealFolder(string Path, string Location, object Secret)
{
    public Contract Contract => PullFeeds.Of(Location);

    public IDropServers Servers => new DropServers(PullFeeds.Secrets(Secret));

    public Task<IDropServer> OpenAsync() => Servers.OpenAsync(Contract, default);

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
