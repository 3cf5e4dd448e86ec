using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Streams;

/// <summary>Landed records of topics that no load has taken.</summary>
public sealed class PendingRecords(ILake lake, IStreamPositions positions)
{
    public async Task<bool> AnyAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (contract.Stream is null)
        {
            return false;
        }

        var loaded = await positions.PositionsAsync(contract.Id, cancellationToken);
        await foreach (var partition in new LandedPartitions(lake, contract).ListAsync(cancellationToken))
        {
            await foreach (var _ in SegmentKey.BeyondAsync(lake, contract.Source, contract.Feed, partition.Of, loaded.GetValueOrDefault(partition.Of) - 1, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
