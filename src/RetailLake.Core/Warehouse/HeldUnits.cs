using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Warehouse;

/// <summary>Units of a feed of topics that wait for missing rows.</summary>
/// <param name="Expired">Those that wait longer than the contract allows; they are in <paramref name="Waiting"/> too.</param>
public sealed record HeldUnits(long Waiting, long Expired)
{
    /// <returns>Null for a feed that holds nothing back.</returns>
    public static async Task<HeldUnits?> ReadAsync(IWarehouse warehouse, Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(warehouse);
        ArgumentNullException.ThrowIfNull(contract);
        if (!StreamTables.Holds(contract))
        {
            return null;
        }

        var table = warehouse.Dialect.OpsTable(StreamTables.HeldName(contract, contract.Parent));
        var row = (await warehouse.QueryAsync($"SELECT COUNT(*), COUNT({warehouse.Dialect.Quote(StreamTables.ExpiredAt)}) FROM {table}", cancellationToken))[0];
        return new(Convert.ToInt64(row[0], CultureInfo.InvariantCulture), Convert.ToInt64(row[1], CultureInfo.InvariantCulture));
    }
}
