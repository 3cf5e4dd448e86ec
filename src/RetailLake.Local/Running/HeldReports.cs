using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.Running;

/// <summary>Units of feeds of topics that wait for rows that have not come.</summary>
public sealed class HeldReports(IWarehouse warehouse, ContractCatalog contracts, TimeProvider time)
{
    private readonly HeldQueries held = new(warehouse);

    /// <param name="wanted">Contracts by id; null: all.</param>
    /// <param name="limit">Units told of each feed.</param>
    /// <returns>Feeds that hold something, by contract.</returns>
    public async Task<IReadOnlyList<HeldReport>> ListAsync(IReadOnlyCollection<string>? wanted, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<HeldReport> reports = [];
        foreach (var (contract, isMigrated) in await held.FeedsAsync(contracts.All.Where(contract => wanted?.Contains(contract.Id) ?? true), cancellationToken))
        {
            if (!isMigrated)
            {
                reports.Add(new(contract.Id, null, null, []));
            }
            else if (await held.CountAsync(contract, now, cancellationToken) is { Waiting: > 0 } counted)
            {
                reports.Add(new(contract.Id, counted.Waiting, counted.Expired, await held.ListAsync(contract, now, limit, cancellationToken)));
            }
        }

        return reports;
    }
}
