using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Quarantine;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>After contract or data were mended: what a feed refused or rejected goes the same way again, through an execution that is started here. Invoked by people.</summary>
public sealed class ReleaseQuarantineFunction(ContractCatalog contracts, DropQuarantine drops, WindowQuarantine windows, FeedStarter starter)
{
    private const string Nobody = "unknown";

    [LambdaFunction(ResourceName = "ReleaseQuarantineFunction")]
    public Task<ReleaseQuarantineOutput> ReleaseQuarantine(ReleaseQuarantineInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        return context.WithinTimeAsync<ReleaseQuarantineOutput>(async deadline =>
        {
            var contract = contracts.Get($"{input.Source}.{input.Feed}");
            var request = new ReleaseRequest(input.Execution, input.Drops ?? [], string.IsNullOrWhiteSpace(input.By) ? Nobody : input.By);
            if (contract.Stream is not null)
            {
                throw new ReleaseRefusedException(
                    $"Found that '{contract.Id}' is read from a topic; its rejected records are behind its position and are not read twice.", "Nothing was released.",
                    "Have the producer send corrected records: a higher version or offset takes their place. Units that are held are published by the load that finds their missing rows.");
            }

            if (contract.Drop is null)
            {
                var from = await windows.FromAsync(contract, request, deadline);
                return new(contract.Id, [], from, await starter.ReadAgainAsync(contract, from));
            }

            // Their records start the feed by themselves; started here it is named in the answer.
            var released = await drops.ReleaseAsync(contract, request, deadline);
            return new(contract.Id, [.. released.Drops.Select(drop => new ReleasedDrop(drop.Id, drop.Name, drop.Release))], null, await starter.WakeAsync(contract)) { Left = released.Left };
        });
    }
}
