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
    public Task<FetchDropOutput> FetchDrop(FetchDropInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return context.WithinTimeAsync<FetchDropOutput>(async deadline =>
        {
            var result = await fetch.FetchAsync(
                contracts.Get($"{input.Source}.{input.Feed}"), input.File, new(context.Attempt(), () => context.RemainingTime), deadline);
            Tell(input, result, context.Logger);
            return new(input.Source, input.Feed, input.File, result.Outcome != FetchOutcome.Partial, result.Outcome, result.Bytes);
        });
    }

    /// <summary>Whatever ends without the file in the lake: a file that never comes must not look like one that came.</summary>
    private void Tell(FetchDropInput input, FetchResult result, ILambdaLogger log)
    {
        switch (result.Outcome)
        {
            case FetchOutcome.Refused:
                metrics.Put($"{input.Source}.{input.Feed}", [Measurement.Count(MetricName.DropsRefused, 1), Measurement.Count(MetricName.ControlFilesContradicted, 1)]);
                log.LogError("The file noted in {File} was refused: it {Reason}", input.File, result.Message ?? "");
                break;
            case FetchOutcome.Unreadable:
                metrics.Put($"{input.Source}.{input.Feed}", [Measurement.Count(MetricName.DropsRefused, 1)]);
                log.LogError("The file noted in {File} was not taken: its server lists it and does not let us read it. Each pull tries again; ask the sender for the right to read it.", input.File);
                break;
            case FetchOutcome.Changed or FetchOutcome.Unproven:
                log.LogWarning("The file noted in {File} was left for a later pull: {Outcome} since it was listed.", input.File, result.Outcome);
                break;
            default:
                break;
        }
    }
}
