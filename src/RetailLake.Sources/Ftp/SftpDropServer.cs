using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;
using RetailLake.Sources.Ssh;

namespace RetailLake.Sources.Ftp;

/// <summary>A folder on an SFTP server whose host key is known beforehand.</summary>
internal sealed class SftpDropServer : IDropServer
{
    private const string Kept = "Nothing was landed; what was read of a file is kept and read on from there.";

    private readonly SftpClient client;
    private readonly string folder;
    private readonly FtpLimits limits;

    private SftpDropServer(SftpClient client, ServerLogin login, FtpLimits limits)
    {
        this.client = client;
        this.limits = limits;
        folder = login.Folder;
        Place = login.Place;
    }

    public string Place { get; }

    public static async Task<SftpDropServer> ConnectAsync(ServerLogin login, FtpLimits limits, CancellationToken cancellationToken)
    {
        var secret = login.Secret;
        var ssh = new SshLogin(login.Host, login.Port, secret.Username ?? throw secret.Without("'username'"), secret.HostKeySha256 ?? throw secret.Without("'hostKeySha256'"))
        {
            PrivateKeyFile = secret.PrivateKeyFile, PrivateKey = secret.PrivateKey, Password = secret.Password,
        };
        string? strange = null;

        // Latin-1: a name stays the bytes that it is.
        var client = ssh.Client(Encoding.Latin1, key => strange = key) ?? throw secret.Without("private key that can be read, and no password");
        try
        {
            await FtpTimer.RunAsync(token => new ValueTask(client.ConnectAsync(token)), limits.Reply, login.Place, cancellationToken);
            return new(client, login, limits);
        }
        catch (Exception exception)
        {
            client.Dispose();
            if (strange is not null)
            {
                throw new SourceAccessException(
                    $"Found host key '{strange}' at '{login.Place}'; expected '{ssh.KnownHostKey}'.", "Nothing was read.",
                    $"Ask the sender whether the key has changed; only then put the new one into the secret '{secret.Name}'.", exception);
            }

            if (Map(exception, login.Place, cancellationToken) is { } mapped)
            {
                throw mapped;
            }

            throw;
        }
    }

    public async IAsyncEnumerable<ServerEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var files = client.ListDirectoryAsync(folder.Length == 0 ? "." : folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await AskAsync(_ => files.MoveNextAsync(), _ => false, cancellationToken))
        {
            var file = files.Current;
            if (file.Name is not ("." or ".."))
            {
                yield return new(new(file.Name), file.IsRegularFile, StateOf(file.Attributes));
            }
        }
    }

    public async Task<FileState?> StateAsync(RemoteName name, CancellationToken cancellationToken)
    {
        var attributes = await AskAsync(token => new ValueTask<SftpFileAttributes?>(client.GetAttributesAsync(PathOf(name), token)!), IsMissing, cancellationToken);
        return attributes is { IsRegularFile: true } ? StateOf(attributes) : null;
    }

    public async Task<Stream?> OpenReadAsync(RemoteName name, long offset, CancellationToken cancellationToken)
    {
        var stream = await AskAsync(
            token => new ValueTask<SftpFileStream?>(client.OpenAsync(PathOf(name), FileMode.Open, FileAccess.Read, token)!), exception => IsMissing(exception) || IsWithheld(exception), cancellationToken);
        stream?.Seek(offset, SeekOrigin.Begin);
        return stream is null ? null : new SftpTransfer(stream, limits.Data, Place, exception => Map(exception, Place, cancellationToken), client.Dispose);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static FileState StateOf(SftpFileAttributes attributes) => new(attributes.Size, new DateTimeOffset(attributes.LastWriteTimeUtc, TimeSpan.Zero));

    private string PathOf(RemoteName name) => folder + name.Raw;

    private static bool IsMissing(Exception exception) => exception is SftpPathNotFoundException;

    /// <summary>About one file alone. Servers on Windows have no word for one that somebody else holds open but 'failure'.</summary>
    private static bool IsWithheld(Exception exception) => exception is SftpPermissionDeniedException or SftpException { StatusCode: StatusCode.Failure };

    /// <returns>The default when the server's answer is that there is nothing.</returns>
    private async Task<T?> AskAsync<T>(Func<CancellationToken, ValueTask<T?>> work, Predicate<Exception> isNothing, CancellationToken cancellationToken)
    {
        try
        {
            return await FtpTimer.RunAsync(work, limits.Reply, Place, cancellationToken);
        }
        catch (Exception exception) when (isNothing(exception))
        {
            return default;
        }
        catch (Exception exception) when (Map(exception, Place, cancellationToken) is { } mapped)
        {
            throw mapped;
        }
    }

    private static LakeException? Map(Exception exception, string place, CancellationToken cancellationToken) => exception switch
    {
        _ when cancellationToken.IsCancellationRequested => null,
        SshAuthenticationException => new SourceAccessException(
            $"Found that '{place}' refuses the user, the key or the password.", "Nothing was read.", "Correct the secret or have the key registered, then redrive.", exception),
        SftpPermissionDeniedException or SftpPathNotFoundException => new SourceAccessException(
            $"Found that '{place}' has no such folder, or gives no right to read it.", Kept, "Ask the sender for the folder and the right, then redrive.", exception),
        SshException or SocketException or IOException or ObjectDisposedException or TimeoutException => new SourceUnavailableException(
            $"Found the connection to '{place}' broken or not to be made ({exception.GetType().Name}).", Kept, "It is tried again; when it persists, ask the sender.", exception),
        _ => null,
    };
}
