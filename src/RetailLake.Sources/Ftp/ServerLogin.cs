using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.Ftp;

internal enum ServerScheme
{
    /// <summary>Without TLS, only because the contract says so.</summary>
    Ftp,

    /// <summary>Explicit TLS on control and data.</summary>
    Ftps,
    Sftp,
}

/// <summary>Where and as whom: the contract's location with its secret laid over it.</summary>
/// <param name="Folder">As the server has it, one character per byte; ends with '/' unless it is the account's own folder, which is empty.</param>
internal sealed record ServerLogin(ServerScheme Scheme, string Host, int Port, string Folder, ServerSecret Secret)
{
    private const int FtpPort = 21;
    private const int SshPort = 22;

    /// <summary>For texts; holds neither user nor password.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Scheme.ToString().ToLowerInvariant()}://{Host}:{Port}/{new RemoteName(Folder).Text}");

    public static ServerScheme? SchemeOf(Contract contract) =>
        contract is { Drop: not null, Server.Location: { } location } && Uri.TryCreate(location, UriKind.Absolute, out var uri)
            ? (contract.Server.Type, uri.Scheme) switch
            {
                ("sftp", "sftp") => ServerScheme.Sftp,
                ("custom", "ftp") => ServerScheme.Ftp,
                ("custom", "ftps") => ServerScheme.Ftps,
                _ => null,
            }
            : null;

    public static ServerLogin Of(Contract contract, string secretJson)
    {
        var scheme = SchemeOf(contract);
        if (scheme is null || !Uri.TryCreate(contract.Server.Location, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Query.Length + uri.Fragment.Length > 0)
        {
            throw new ContractInvalidException(
                $"Found no usable location in contract '{contract.Id}'; expected 'sftp://host:port/folder', or 'ftps://' or 'ftp://' with type 'custom', without a user.",
                "Nothing was read.", "Correct servers[].location; user and password are in the secret.");
        }

        var secret = ServerSecret.Parse(contract.Server.Secret, secretJson);
        return new(scheme.Value, secret.Host ?? uri.Host, secret.Port ?? (uri.Port > 0 ? uri.Port : scheme == ServerScheme.Sftp ? SshPort : FtpPort), FolderOf(uri), secret);
    }

    public override string ToString() => Place;

    /// <summary>'/' and '/~/…' start at the account's own folder, anything else at the root; the same as for targets of exports.</summary>
    private static string FolderOf(Uri uri)
    {
        var path = Ssh.RemoteFolder.Of(uri);
        return path.AsSpan().ContainsAny("\r\n\0") ? throw new ContractInvalidException(
            "Found a line end or NUL in a server's location.", "Nothing was read.", "Correct servers[].location.") : RemoteName.Of(path).Raw;
    }
}
