using MySqlConnector;

namespace RetailLake.Local.Demo;

/// <summary>An order with its lines and payments in an open transaction; disposing without a commit rolls it back.</summary>
public sealed class LateSale : IAsyncDisposable
{
    private readonly DemoSql _sql;
    private readonly MySqlTransaction _transaction;

    private LateSale(DemoSql sql, MySqlTransaction transaction, long orderId)
    {
        _sql = sql;
        _transaction = transaction;
        OrderId = orderId;
    }

    public long OrderId { get; }

    public Task CommitAsync(CancellationToken cancellationToken = default) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _sql.DisposeAsync();
    }

    internal static async Task<LateSale> OpenAsync(DemoSql sql, DemoWorld world, DateTimeOffset updatedAt, CancellationToken cancellationToken)
    {
        var last = await sql.NumberAsync("SELECT MAX(order_id) FROM sales_order", cancellationToken);
        var moment = DemoWorld.InIst(updatedAt.UtcDateTime);
        var range = new OrderRange(last, 1, Order.MostLines, new Timeline(moment, moment, 1));
        var transaction = await sql.Connection.BeginTransactionAsync(cancellationToken);
        foreach (var rows in DemoRows.Orders(world, range))
            await BulkLoad.RunAsync(sql, rows, cancellationToken);
        return new LateSale(sql, transaction, last + 1);
    }
}
