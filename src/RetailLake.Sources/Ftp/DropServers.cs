using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Secrets;

namespace RetailLake.Sources.Ftp;

/// <summary>Logs in by the scheme of the contract's location: <c>sftp</c>, <c>ftps</c> (explicit TLS), <c>ftp</c>.</summary>
public sealed class DropServers(ISecretStore secrets) : IDropServers
{
    internal FtpLimits Limits { get; init; } = new();

    public bool Serves(Contract contract) => IsPulled(contract);

    public static bool IsPulled(Contract contract) => ServerLogin.SchemeOf(contract) is not null;

    public async Task<IDropServer> OpenAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var login = ServerLogin.Of(contract, await secrets.GetAsync(contract.Server.Secret, cancellationToken));
        return login.Scheme == ServerScheme.Sftp ? await SftpDropServer.ConnectAsync(login, Limits, cancellationToken) : await FtpDropServer.ConnectAsync(login, Limits, cancellationToken);
    }
}
