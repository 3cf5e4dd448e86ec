using System.Globalization;
using MySqlConnector;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>
/// Reads the clock, then statements, then transactions. The order is the proof: a writer whose stamp is older than the clock reading had begun; if its
/// statement has ended when statements are read, its transaction is listed when transactions are read, or is committed and visible.
/// </summary>
internal sealed class OpenWorkReader(SourceSession session)
{
    private const int Attempts = 15;

    // They do nothing, or are replication (replicas are refused before).
    private const string NotWriting = "('Sleep', 'Daemon', 'Binlog Dump', 'Binlog Dump GTID', 'Connect', 'Slave_IO', 'Slave_SQL', 'Slave_worker')";

    public async Task<OpenWork> ReadAsync(bool isCluster, CancellationToken cancellationToken)
    {
        var now = (await session.QueryAsync("SELECT UTC_TIMESTAMP(6)", reader => Utc(reader.GetDateTime(0)), cancellationToken))[0];
        if (isCluster)
        {
            return new(now, null, null, false, false);
        }

        var statements = await StatementsAsync(cancellationToken);
        var transactions = await TransactionsAsync(cancellationToken);
        if (transactions is null)
        {
            return new(now, null, null, false, false);
        }

        // A plain SELECT whose transaction cannot write (all reads of ours, and reports) holds nothing back.
        var readers = transactions.Where(transaction => transaction.IsReadOnly).Select(transaction => transaction.Thread).ToHashSet();
        var running = statements.Where(statement => !(statement.IsSelect && readers.Contains(statement.Thread))).Select(statement => (DateTimeOffset?)statement.Begun).Min();
        var writers = transactions.Where(transaction => !transaction.IsReadOnly && transaction.Thread != session.ConnectionId).ToList();
        return new(
            now, running, writers.Where(transaction => transaction.Thread != 0).Select(transaction => (DateTimeOffset?)transaction.Begun).Min(),
            writers.Any(transaction => transaction.Thread == 0 && transaction.Changed > 0), true);
    }

    private Task<List<(long Thread, DateTimeOffset Begun, bool IsSelect)>> StatementsAsync(CancellationToken cancellationToken)
    {
        // MariaDB tells microseconds. MySQL tells whole seconds: one more is taken off.
        var begun = session.IsMariaDb
            ? "UTC_TIMESTAMP(6) - INTERVAL CAST(COALESCE(time_ms, 0) * 1000 AS SIGNED) MICROSECOND"
            : "UTC_TIMESTAMP(6) - INTERVAL COALESCE(time, 0) + 1 SECOND";
        return session.QueryAsync(
            $"SELECT id, {begun}, COALESCE(info LIKE 'select%', 0) FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND command NOT IN {NotWriting}",
            reader => (Number(reader, 0), Utc(reader.GetDateTime(1)), Number(reader, 2) != 0), cancellationToken);
    }

    /// <returns>Null without the PROCESS privilege.</returns>
    /// <remarks>
    /// The listing is a cache that is not renewed while somebody read it within 0.1 s, so two busy readers can keep an old one alive. Only a listing
    /// that holds our own transaction, begun a moment ago, was made after the statements were read. trx_started is in the zone of the server's
    /// operating system, whatever the session's zone: UNIX_TIMESTAMP undoes that only in a session of zone SYSTEM.
    /// </remarks>
    private async Task<List<Transaction>?> TransactionsAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("SET SESSION time_zone = 'SYSTEM'", cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await session.BeginSnapshotAsync(cancellationToken);
                var listed = await session.QueryAsync(
                    "SELECT trx_mysql_thread_id, CAST(UNIX_TIMESTAMP(trx_started) AS SIGNED), trx_is_read_only, trx_rows_modified FROM information_schema.innodb_trx",
                    reader => new Transaction(Number(reader, 0), DateTimeOffset.FromUnixTimeSeconds(Number(reader, 1)), Number(reader, 2) != 0, Number(reader, 3)),
                    cancellationToken);
                await session.ExecuteAsync("COMMIT", cancellationToken);
                if (listed.Any(transaction => transaction.Thread == session.ConnectionId))
                {
                    return listed;
                }

                if (attempt == Attempts)
                {
                    throw new SourceUnavailableException(
                        $"Found {Attempts} old listings of open transactions in a row at '{session.Place}'; information_schema.innodb_trx is not renewed while others read it all the time.",
                        "Nothing was planned.",
                        "It is tried again; if it stays so, let the monitoring ask for innodb_trx less often than every 0.1 s.");
                }

                // Many feeds plan at the same tick: at fixed intervals they would keep the old listing alive for each other.
                await Task.Delay(Random.Shared.Next(100, Math.Min(150 << attempt, 3000)), cancellationToken);
            }
        }
        catch (SourceAccessException exception) when (exception.InnerException is MySqlException error && SourceErrors.IsPrivilegeMissing(error))
        {
            await session.ExecuteAsync("ROLLBACK", cancellationToken);
            return null;
        }
        finally
        {
            await session.ExecuteAsync("SET SESSION time_zone = '+00:00'", CancellationToken.None);
        }
    }

    private static long Number(MySqlDataReader reader, int index) => Convert.ToInt64(reader.GetValue(index), CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(DateTime value) => new(DateTime.SpecifyKind(value, DateTimeKind.Utc));

    private sealed record Transaction(long Thread, DateTimeOffset Begun, bool IsReadOnly, long Changed);
}
