using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Warehouse;

/// <summary>Reads what feeds of topics hold back: <c>ops.held_&lt;source&gt;_&lt;feed&gt;_&lt;table&gt;</c>.</summary>
public sealed class HeldQueries(IWarehouse warehouse)
{
    /// <param name="now">Judges who waits too long; the mark that a load leaves counts as well.</param>
    /// <returns>Null for a feed that holds nothing back.</returns>
    public async Task<HeldUnits?> CountAsync(Contract contract, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (!StreamTables.Holds(contract))
        {
            return null;
        }

        var row = (await warehouse.QueryAsync(new HeldSql(contract, warehouse.Dialect).Count(now.AddHours(-contract.Stream!.HoldHours)), cancellationToken))[0];
        return new(Whole(row[0]), Whole(row[1]));
    }

    /// <returns>At most <paramref name="limit"/> units, the one that waits longest first.</returns>
    public async Task<IReadOnlyList<HeldUnit>> ListAsync(Contract contract, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (!StreamTables.Holds(contract) || limit <= 0)
        {
            return [];
        }

        var sql = new HeldSql(contract, warehouse.Dialect);
        var rows = await warehouse.QueryAsync(sql.List(limit), cancellationToken);
        var topics = (await new StreamLedger(warehouse).PositionsAsync(contract.Id, cancellationToken)).Keys.ToDictionary(of => DropRef.NumberOf(of.ToString()));
        return [.. rows.GroupBy(row => Whole(row[0])).Select(unit => new HeldRows(contract, sql.Shown, topics, [.. unit]).ToUnit(now))];
    }

    /// <returns>Those of the contracts that hold units back and have tables for them. False: the tables lack a column until the next migration, and cannot be asked.</returns>
    public async Task<IReadOnlyList<(Contract Contract, bool IsMigrated)>> FeedsAsync(IEnumerable<Contract> contracts, CancellationToken cancellationToken)
    {
        var holding = contracts.Where(StreamTables.Holds).ToList();
        if (holding.Count == 0)
        {
            return [];
        }

        var sql = warehouse.Dialect;
        var existing = await ExistingColumn.ReadAsync(warehouse, cancellationToken);
        var columns = existing.Select(column => (column.Schema, column.Table, column.Column)).ToHashSet();
        var tables = existing.Select(column => (column.Schema, column.Table)).ToHashSet();
        return [.. holding.Where(contract => contract.Tables.Any(table => tables.Contains((SqlDialect.Ops, StreamTables.HeldName(contract, table)))))
            .Select(contract => (contract, contract.Tables.Select(table => TableShape.OfTable(contract, table, sql)).Concat(StreamTables.Of(contract, sql))
                .All(shape => shape.Columns.All(column => columns.Contains((shape.Schema, shape.Name, column.Name))))))];
    }
}
