namespace RetailLake.Core.Warehouse;

/// <summary>The warehouse: Redshift through its Data API, or DuckDB on one machine.</summary>
public interface IWarehouse
{
    SqlDialect Dialect { get; }

    /// <summary>
    /// Starts the statements as one transaction and returns at once; a statement status event (EventBridge shape of <c>aws.redshift-data</c>) follows.
    /// The same client token never starts twice while it is remembered: exactness rests on the ledger, not on it.
    /// </summary>
    /// <returns>Statement id.</returns>
    Task<string> SubmitAsync(StatementBatch batch, CancellationToken cancellationToken);

    /// <returns>The error text of a failed statement, without values of rows; null when it has none.</returns>
    Task<string?> ErrorOfAsync(string statementId, CancellationToken cancellationToken);

    /// <summary>Runs the statements as one transaction and waits.</summary>
    Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken);

    /// <summary>A small result: ledger rows, counts. Values are string, long, decimal, bool, DateTime (UTC) or null.</summary>
    Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Writes a query's rows as delimited text under a lake key (no header, LF, UTF-8); DuckDB COPY TO or Redshift UNLOAD.</summary>
    /// <returns>The rows as a stream in the query's order.</returns>
    Task<Stream> UnloadAsync(string query, char delimiter, CancellationToken cancellationToken);
}

/// <param name="Name">Statement name; the status event carries it back. At most 2,048 characters.</param>
/// <param name="ClientToken">1..64 characters, derived from the task token.</param>
public sealed record StatementBatch(string Name, string ClientToken, IReadOnlyList<string> Statements);
