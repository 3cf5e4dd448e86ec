using System.Globalization;
using MySqlConnector;

namespace RetailLake.Sources.MySql;

/// <summary>One open connection. Every error of it leaves as a named outcome.</summary>
internal sealed class SourceSession(MySqlConnection connection, MySqlLogin login) : IAsyncDisposable
{
    public MySqlConnection Connection => connection;

    public string Database => login.Database;

    public string Place => login.Place;

    public bool IsMariaDb { get; } = connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    public int ConnectionId => connection.ServerThread;

    public MySqlCommand Command(SqlText sql)
    {
        var command = new MySqlCommand(sql.Text, connection);
        foreach (var (name, value) in sql.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    public async Task ExecuteAsync(SqlText sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = Command(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (SourceErrors.Handles(exception))
        {
            throw Translate(exception, cancellationToken);
        }
    }

    /// <summary>A small result.</summary>
    public async Task<List<T>> QueryAsync<T>(SqlText sql, Func<MySqlDataReader, T> row, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = Command(sql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(row(reader));
            }

            return rows;
        }
        catch (Exception exception) when (SourceErrors.Handles(exception))
        {
            throw Translate(exception, cancellationToken);
        }
    }

    public async Task<long> CountAsync(SqlText sql, CancellationToken cancellationToken) =>
        (await QueryAsync(sql, reader => Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), cancellationToken))[0];

    public Task BeginSnapshotAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", cancellationToken);

    public Exception Translate(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? new OperationCanceledException(cancellationToken) : SourceErrors.Of(exception, Place);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
