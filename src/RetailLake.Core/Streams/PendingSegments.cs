using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Streams;

/// <summary>Landed records that no load has taken.</summary>
public sealed class PendingSegments(ILake lake, IWarehouse warehouse)
{
    /// <summary>Also when landing does not follow on what is loaded: the plan that is started then says so, and its execution fails where everybody looks.</summary>
    public async Task<bool> AnyAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (contract.Stream is null)
        {
            return false;
        }

        var positions = await new StreamLedger(warehouse).PositionsAsync(contract.Id, cancellationToken);
        var landed = new LandedPartitions(lake, contract);
        await foreach (var partition in landed.ListAsync(cancellationToken))
        {
            try
            {
                if ((await landed.BeyondAsync(partition, positions.TryGetValue(partition.Of, out var next) ? next : null, cancellationToken)).Count > 0)
                {
                    return true;
                }
            }
            catch (StreamPositionLostException)
            {
                return true;
            }
        }

        return false;
    }
}
