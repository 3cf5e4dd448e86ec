using Amazon.Lambda.Annotations;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Metrics;
using RetailLake.Core.Quarantine;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;
using RetailLake.Core.Warehouse;

namespace RetailLake.Functions;

/// <summary>Decides window, drops or offsets, and slices of one execution, once.</summary>
public sealed class PlanIngestFunction(RunPlanner planner, ContractCatalog contracts, IWarehouse warehouse, ILake lake, IMetrics metrics)
{
    [LambdaFunction(ResourceName = "PlanIngestFunction")]
    public async Task<PlanIngestOutput> PlanIngest(PlanIngestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var contract = contracts.Get($"{input.Source}.{input.Feed}");
        var (plan, wasThere) = await planner.PlanAsync(
            contract, input.Execution, input.StartedAt, () => new LedgerQueries(warehouse).CoveredAsync(contract.Id, CancellationToken.None), new(new DropLedger(warehouse), new StreamLedger(warehouse)), Again(contract, input.Request?.From), CancellationToken.None);
        if (plan.Slices.Count == 0 && !wasThere)
        {
            await MeasureHeldAsync(contract, input.StartedAt);
        }

        var keys = RunKeys.Of(plan);
        return new(keys.Run, plan.Slices.Count, keys.Slices, keys.MapResults, plan.Ordinal, plan.WorkId, wasThere);
    }

    /// <summary>A load tells what is held after it; while nothing comes, what waits grows overdue all the same.</summary>
    private async Task MeasureHeldAsync(Contract contract, DateTimeOffset now)
    {
        if (await new HeldQueries(warehouse).CountAsync(contract, now, CancellationToken.None) is { } held)
        {
            metrics.Put(contract.Id, LoadMetrics.Of(held));
        }
    }

    private Func<Task<ReadAgain>>? Again(Contract contract, string? from) =>
        from is null ? null : () => new WindowQuarantine(lake, warehouse).StartOfAsync(contract, from, CancellationToken.None);
}
