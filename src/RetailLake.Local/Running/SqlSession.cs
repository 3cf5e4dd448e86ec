using System.Diagnostics;
using DuckDB.NET.Data;
using RetailLake.Local.Home;

namespace RetailLake.Local.Running;

/// <summary>Queries a person types: one statement, in a read-only transaction unless told otherwise.</summary>
/// <remarks>A second connection to the database that this process owns; DuckDB.NET shares the instance.</remarks>
public sealed class SqlSession(LakeHome home)
{
    public async Task<T> QueryAsync<T>(string sql, bool allowWrites, Func<DuckDBDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (SqlText.HoldsSeveralStatements(sql))
        {
            throw new CommandRefusedException("Found several statements; one was expected.", "Nothing was run.", "Send them one by one.");
        }

        await using var connection = new DuckDBConnection($"Data Source={home.Warehouse}");
        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, allowWrites ? "BEGIN TRANSACTION" : "BEGIN TRANSACTION READ ONLY", cancellationToken);
            T result;
            await using (var command = connection.CreateCommand())
            {
#pragma warning disable CA2100 // The text is what the person at this machine typed, and the database is theirs.
                command.CommandText = sql;
#pragma warning restore CA2100
                await using var interrupt = cancellationToken.Register(command.Cancel);
                await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellationToken);
                result = await read(reader);
            }

            await ExecuteAsync(connection, "COMMIT", cancellationToken);
            return result;
        }
        catch (DuckDBException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueryFailedException(e.Message.ReplaceLineEndings(" "), allowWrites, e);
        }
    }

    private static async Task ExecuteAsync(DuckDBConnection connection, string sql, CancellationToken cancellationToken)
    {
        Debug.Assert(!sql.Contains(';', StringComparison.Ordinal));
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
