using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;
using RetailLake.Core.Secrets;

namespace RetailLake.Sources.Ftp;

/// <summary>Logs in by the scheme of the contract's location: <c>sftp</c>, <c>ftps</c> (explicit TLS), <c>ftp</c>.</summary>
public sealed class DropServers(ISecretStore secrets) : IDropServers
{
    private readonly RecentLogins recent = new(TimeProvider.System);

    internal FtpLimits Limits { get; init; } = new();

    public bool Serves(Contract contract) => IsPulled(contract);

    public static bool IsPulled(Contract contract) => ServerLogin.SchemeOf(contract) is not null;

    public async Task<IDropServer> OpenAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ServerLogin? last = null;
        try
        {
            return await secrets.UseAsync<IDropServer, SourceAccessException>(
                contract.Server.Secret,
                async secret => (last = ServerLogin.Of(contract, secret)) is { Scheme: ServerScheme.Sftp }
                    ? await SftpDropServer.ConnectAsync(last, Limits, cancellationToken)
                    : await FtpDropServer.ConnectAsync(last, recent, Limits, cancellationToken),
                cancellationToken);
        }
        catch (SourceAccessException refusal) when (last is not null && recent.IsTurnedAway(last))
        {
            throw FtpErrors.TurnedAway(last.Place, refusal);
        }
    }
}
