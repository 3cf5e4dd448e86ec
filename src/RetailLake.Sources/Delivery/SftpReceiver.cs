using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;
using RetailLake.Core.Errors;
using RetailLake.Core.Export;
using RetailLake.Sources.Ssh;

namespace RetailLake.Sources.Delivery;

/// <summary>A folder on an SFTP server whose host key is known beforehand: without it whoever answers would get the data.</summary>
public sealed class SftpReceiver : IExportReceiver
{
    private const int DefaultPort = 22;

    private readonly SftpClient client;
    private readonly string folder;

    private SftpReceiver(SftpClient client, string folder, string target)
    {
        this.client = client;
        this.folder = folder;
        Target = target;
    }

    public string Target { get; }

    internal static async Task<SftpReceiver> ConnectAsync(Uri uri, string secretName, DeliverySecret secret, CancellationToken cancellationToken)
    {
        var user = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo.Split(':')[0]) : secret.Username ?? throw DeliverySecret.Incomplete(secretName, "'username'");
        var known = secret.HostKeySha256 ?? throw DeliverySecret.Incomplete(secretName, "'hostKeySha256'");
        var port = uri.Port > 0 ? uri.Port : DefaultPort;
        var target = string.Create(CultureInfo.InvariantCulture, $"sftp://{uri.Host}:{port}{uri.AbsolutePath}");
        var login = new SshLogin(uri.Host, port, user, known) { PrivateKeyFile = secret.PrivateKeyFile, PrivateKey = secret.PrivateKey, Password = secret.Password };
        string? strange = null;
        var client = login.Client(Encoding.UTF8, key => strange = key) ?? throw DeliverySecret.Incomplete(secretName, "a private key that can be read, or a password");
        try
        {
            await client.ConnectAsync(cancellationToken);
            return new(client, RemoteFolder.Of(uri), target);
        }
        catch (Exception exception)
        {
            client.Dispose();
            if (strange is not null)
            {
                throw new DeliveryRefusedException(
                    $"Found host key '{strange}' at '{target}'; expected '{login.KnownHostKey}'.", "Nothing was sent; the export stays stored in the lake.",
                    $"Ask the receiver whether its key has changed; only then put the new one into the secret '{secretName}'.", exception);
            }

            if (Map(exception, target) is { } mapped)
            {
                throw mapped;
            }

            throw;
        }
    }

    public Task<long?> LengthAsync(string name, CancellationToken cancellationToken) => GuardedAsync<long?>(async () =>
        await client.ExistsAsync(PathOf(name), cancellationToken) ? (await client.GetAttributesAsync(PathOf(name), cancellationToken)).Size : null);

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) => GuardedAsync<Stream>(async () =>
        await client.OpenAsync(PathOf(name), FileMode.Open, FileAccess.Read, cancellationToken));

    public Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        await using var file = await client.OpenAsync(PathOf(name), FileMode.Create, FileAccess.Write, cancellationToken);
        await content.CopyToAsync(file, 1 << 16, cancellationToken);
        return true;
    });

    // Not the POSIX rename of OpenSSH: the standard one refuses when the name is taken.
    public Task RenameAsync(string from, string to, CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        await client.RenameFileAsync(PathOf(from), PathOf(to), cancellationToken);
        return true;
    });

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private string PathOf(string name) => folder + name;

    private async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (Map(exception, Target) is { } mapped)
        {
            throw mapped;
        }
    }

    private static Exception? Map(Exception exception, string target) => exception switch
    {
        SshAuthenticationException => new DeliveryRefusedException(
            $"Found that '{target}' refuses the user or the key.", "Nothing was sent; the export stays stored in the lake.", "Correct the secret or have the key registered, then redrive.", exception),
        SftpPermissionDeniedException or SftpPathNotFoundException => new DeliveryRefusedException(
            $"Found that '{target}' has no such folder or gives no right to write there.", "The export stays stored in the lake.", "Ask the receiver for the folder and the right, then redrive.", exception),
        SshException or SocketException or IOException or ObjectDisposedException or TimeoutException => new DeliveryUnavailableException(
            $"Found the connection to '{target}' broken or not to be made.", "The export stays stored in the lake; a half file, if any, is sent again.", "It is tried again; when it persists, ask the receiver.", exception),
        _ => null,
    };
}
