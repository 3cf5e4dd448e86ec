using MySqlConnector;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Whether a window can be proven on this server at all.</summary>
/// <remarks>
/// A replica applies the primary's commits late and shows none of its open transactions; how late can be told only by a heartbeat row, which
/// contracts cannot name yet. A stopped replica looks like a quiet primary, so what cannot be excluded is refused.
/// </remarks>
internal static class ServerRole
{
    /// <returns>True on a node of a cluster whose other nodes write too: their open transactions are not seen here.</returns>
    /// <exception cref="NotSupportedByLakeException">It is a replica.</exception>
    public static async Task<bool> AssertWindowsAsync(SourceSession session, CancellationToken cancellationToken)
    {
        var status = (await session.QueryAsync(
            "SHOW GLOBAL STATUS WHERE variable_name IN ('wsrep_cluster_size', 'slave_running', 'slaves_running')",
            reader => (Name: reader.GetString(0).ToLowerInvariant(), Value: reader.GetString(1)), cancellationToken)).ToDictionary(row => row.Name, row => row.Value);
        var readOnly = (await session.QueryAsync("SHOW GLOBAL VARIABLES WHERE variable_name IN ('read_only', 'innodb_read_only')",
            reader => (Name: reader.GetString(0).ToLowerInvariant(), Value: reader.GetString(1)), cancellationToken)).ToDictionary(row => row.Name, row => row.Value);
        var why =
            status.GetValueOrDefault("slave_running") == "ON" || status.GetValueOrDefault("slaves_running", "0") != "0" ? "replication runs into it"
            : IsOn("innodb_read_only") ? "innodb_read_only is on, as on an Aurora reader"
            : await IsReplicaAsync(session, cancellationToken) switch
            {
                true => "it is set up as a replica",
                null when IsOn("read_only") => "read_only is on and the user may not ask for the replica's state",
                _ => null,
            };
        return why is null ? status.GetValueOrDefault("wsrep_cluster_size", "0") is not ("0" or "1") : throw new NotSupportedByLakeException(
            $"Found a replica at '{session.Place}' ({why}); windows are proven on the primary only.",
            "Nothing was read and no window was recorded.",
            "Name the primary in the contract or the secret, or read the feed in snapshot mode.");

        bool IsOn(string name) => readOnly.GetValueOrDefault(name, "OFF") is not ("OFF" or "0" or "NO_LOCK");
    }

    /// <returns>Null when the user may not know.</returns>
    private static async Task<bool?> IsReplicaAsync(SourceSession session, CancellationToken cancellationToken)
    {
        try
        {
            var ask = session.IsMariaDb ? "SHOW ALL SLAVES STATUS"
                : session.Connection.ServerVersion.StartsWith("5.", StringComparison.Ordinal) ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS";
            return (await session.QueryAsync(ask, _ => 0, cancellationToken)).Count > 0;
        }
        catch (SourceAccessException exception) when (exception.InnerException is MySqlException error && SourceErrors.IsPrivilegeMissing(error))
        {
            return null;
        }
    }
}
