using RetailLake.Core.Warehouse;

namespace RetailLake.Local.Running;

/// <summary>The host's warehouse inside a function's service provider, which disposes what it made and is thrown away after a timeout.</summary>
internal sealed class SharedWarehouse(IWarehouse warehouse) : IWarehouse
{
    public SqlDialect Dialect => warehouse.Dialect;

    public Task<string> SubmitAsync(StatementBatch batch, CancellationToken cancellationToken) => warehouse.SubmitAsync(batch, cancellationToken);

    public Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken) => warehouse.ExecuteAsync(statements, cancellationToken);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql, CancellationToken cancellationToken) => warehouse.QueryAsync(sql, cancellationToken);

    public Task<string?> ErrorOfAsync(string statementId, CancellationToken cancellationToken) => warehouse.ErrorOfAsync(statementId, cancellationToken);

    public Task<Stream> UnloadAsync(string query, char delimiter, CancellationToken cancellationToken) => warehouse.UnloadAsync(query, delimiter, cancellationToken);
}
