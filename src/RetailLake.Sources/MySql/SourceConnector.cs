using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Secrets;

namespace RetailLake.Sources.MySql;

/// <summary>Opens one connection per step, never a pooled one: settings of the session and open snapshots end with it.</summary>
internal sealed class SourceConnector(ISecretStore secrets)
{
    public async Task<SourceSession> OpenAsync(Contract contract, CancellationToken cancellationToken)
    {
        var login = await LoginAsync(contract, cancellationToken);
        try
        {
            try
            {
                return await OpenAsync(login, cancellationToken);
            }
            catch (MySqlException exception) when (SourceErrors.IsAccessDenied(exception))
            {
                // A rotation between the read of the secret and the connect; once, or an account gets locked.
                secrets.Refused(contract.Server.Secret);
                login = await LoginAsync(contract, cancellationToken);
                return await OpenAsync(login, cancellationToken);
            }
        }
        catch (Exception exception) when (SourceErrors.Handles(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SourceErrors.Of(exception, login.Place);
        }
    }

    private async Task<MySqlLogin> LoginAsync(Contract contract, CancellationToken cancellationToken) =>
        MySqlLogin.Of(contract.Server, await secrets.GetAsync(contract.Server.Secret, cancellationToken));

    private static async Task<SourceSession> OpenAsync(MySqlLogin login, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(login.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var session = new SourceSession(connection, login);
            await session.ExecuteAsync(Settings(session.IsMariaDb), cancellationToken);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Server-wide limits that would cut rows off or end a long read are lifted for this session.</summary>
    private static string Settings(bool mariaDb) =>
        "SET SESSION time_zone = '+00:00', sql_mode = '', net_write_timeout = 3600, net_read_timeout = 3600, wait_timeout = 28800, "
        + "sql_select_limit = 18446744073709551615, sql_big_selects = 1, "
        + (mariaDb ? "max_statement_time = 0, idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0; " : "max_execution_time = 0; ")
        + "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
}
