using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Drops;

/// <summary>Landed drops that no load has taken.</summary>
public sealed class PendingDrops(ILake lake, IWarehouse warehouse)
{
    /// <summary>Ids per question to the ledger: 64 hex digits each, far below the 100 KB of a statement.</summary>
    private const int Chunk = 500;

    /// <summary>A record that outlived its load (the step that deletes it failed) is not pending: waking its feed would never end.</summary>
    public async Task<bool> AnyAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (contract.Drop is null)
        {
            return false;
        }

        List<string> chunk = [];
        await foreach (var id in DropRecords.ListIdsAsync(lake, contract.Source, contract.Feed, cancellationToken))
        {
            chunk.Add(id);
            if (chunk.Count == Chunk && await AnyLackingAsync(contract, chunk, cancellationToken))
            {
                return true;
            }

            chunk = chunk.Count == Chunk ? [] : chunk;
        }

        return chunk.Count > 0 && await AnyLackingAsync(contract, chunk, cancellationToken);
    }

    private async Task<bool> AnyLackingAsync(Contract contract, List<string> ids, CancellationToken cancellationToken)
    {
        var known = await new DropLedger(warehouse).KnownAsync(contract.Id, ids, cancellationToken);
        foreach (var id in ids.Where(id => !known.Contains(id)))
        {
            // What only looks like a record is never planned, so it must not wake anybody either.
            if (await DropRecords.TryReadAsync(lake, contract.Source, contract.Feed, id, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
