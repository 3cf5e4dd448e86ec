using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.DuckDb;

/// <summary>The warehouse on one machine: the same statements and the same status events as Redshift's Data API.</summary>
public sealed class DuckDbWarehouse : IWarehouse, IAsyncDisposable
{
    private readonly DuckDbDatabase database;
    private readonly StatementStore store;
    private readonly StatementRunner runner;

    public DuckDbWarehouse(DuckDbOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        database = new(options);
        store = new(options.Home);
        runner = new(database, store, time);
    }

    public SqlDialect Dialect { get; } = new DuckDbDialect();

    /// <summary>
    /// Aborts what a dead process left, raises events that were not handled, and begins to run what is submitted. The callback gets the
    /// EventBridge event; when it throws, the event comes again, also after a restart.
    /// </summary>
    public void Start(Func<JsonObject, CancellationToken, Task> onStatus) => runner.Start(onStatus);

    public Task<string> SubmitAsync(StatementBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(runner.Submit(batch));
    }

    /// <returns>The record, or null when no such statement was submitted.</returns>
    public StatementRecord? Describe(string statementId) => store.Find(statementId);

    public Task<string?> ErrorOfAsync(string statementId, CancellationToken cancellationToken) => Task.FromResult(store.Find(statementId)?.Error);

    public Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken) =>
        Task.Run(() => database.Run(statements, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<IReadOnlyList<object?>>>(() => Query(sql), cancellationToken);

    public Task<Stream> UnloadAsync(string query, char delimiter, CancellationToken cancellationToken) => Task.Run<Stream>(
        () =>
        {
            var path = Path.Combine(database.TempFolder, $"unload-{Guid.NewGuid():N}.txt");
            try
            {
                // No quoting and no escaping: the caller's query leaves no delimiter and no line break inside a field.
                database.Run(
                    [$"COPY (\n{query}\n) TO {Dialect.Text(path)} (FORMAT csv, DELIMITER {Dialect.Text(delimiter.ToString())}, HEADER false, QUOTE '', ESCAPE '', NULLSTR '')"],
                    cancellationToken);
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.SequentialScan);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await runner.DisposeAsync();
        database.Dispose();
    }

    private static List<IReadOnlyList<object?>> QueryRows(DuckDBCommand command)
    {
        using var reader = command.ExecuteReader();
        List<IReadOnlyList<object?>> rows = [];
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var index = 0; index < row.Length; index++)
            {
                row[index] = reader.IsDBNull(index) ? null : Plain(reader.GetValue(index));
            }

            rows.Add(row);
        }

        return rows;
    }

    private List<IReadOnlyList<object?>> Query(string sql)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return QueryRows(command);
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.Map(exception);
        }
    }

    private static object Plain(object value) => value switch
    {
        BigInteger big => (decimal)big,
        sbyte or short or int or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        DateOnly date => date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        DateTime moment => DateTime.SpecifyKind(moment, DateTimeKind.Utc),
        TimeOnly clock => clock.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => value,
    };
}
