using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Metrics;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Brings one file from a sender's server into landing and records the drop; what a short invocation leaves, the next one finishes.</summary>
public sealed class FetchDropFunction(ContractCatalog contracts, DropFetch fetch, IMetrics metrics)
{
    [LambdaFunction(ResourceName = "FetchDropFunction")]
    public async Task<FetchDropOutput> FetchDrop(FetchDropInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        using var deadline = context.Deadline();
        var result = await fetch.FetchAsync(
            contracts.Get($"{input.Source}.{input.Feed}"), input.File, new(context.Attempt(), () => context.RemainingTime), deadline.Token);
        if (result.Outcome == FetchOutcome.Refused)
        {
            metrics.Put($"{input.Source}.{input.Feed}", [Measurement.Count(MetricName.DropsRefused, 1), Measurement.Count(MetricName.ControlFilesContradicted, 1)]);
            context.Logger.LogError("The file noted in {File} was refused: it {Reason}", input.File, result.Message ?? "");
        }

        return new(input.Source, input.Feed, input.File, result.Outcome != FetchOutcome.Partial, result.Outcome, result.Bytes);
    }
}
