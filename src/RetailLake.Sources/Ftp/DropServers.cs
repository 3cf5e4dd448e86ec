using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;
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
        return await secrets.UseAsync<IDropServer, SourceAccessException>(
            contract.Server.Secret,
            async secret => ServerLogin.Of(contract, secret) is { Scheme: ServerScheme.Sftp } login
                ? await SftpDropServer.ConnectAsync(login, Limits, cancellationToken)
                : await FtpDropServer.ConnectAsync(ServerLogin.Of(contract, secret), Limits, cancellationToken),
            cancellationToken);
    }
}
