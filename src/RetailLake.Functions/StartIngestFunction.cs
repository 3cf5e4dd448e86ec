using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Functions.Drops;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Starts a source's state machine once for each of its feeds that is not already running. Uploads whose notification was lost, or that had to wait, are taken in first.</summary>
public sealed class StartIngestFunction(ContractCatalog contracts, FeedStarter starter, IStateMachines machines, UploadSweep uploads, TimeProvider time)
{
    /// <summary>Kept for starting what was taken in.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(30);

    [LambdaFunction(ResourceName = "StartIngestFunction")]
    public async Task<StartIngestOutput> StartIngest(StartIngestInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<Contract> feeds = input.Feed is { } feed ? [contracts.Get($"{input.Source}.{feed}")] : contracts.OfSource(input.Source);
        if (feeds.Count == 0 && contracts.BrokenOf(input.Source).Count == 0)
        {
            // Throws with the known ids: a source without contracts is a mistake, not an empty success.
            _ = contracts.Get($"{input.Source}.<any>");
        }

        using var deadline = context.Deadline(Spare);
        foreach (var contract in feeds.Where(contract => contract.Drop is not null))
        {
            await uploads.SweepAsync(contract, context.Logger, deadline.Token);
        }

        var running = await machines.RunningAsync(input.Source, CancellationToken.None);
        var started = new List<StartedFeed>(feeds.Count);
        foreach (var contract in feeds)
        {
            started.Add(await starter.StartAsync(contract, input.Tick ?? time.GetUtcNow(), running));
        }

        var broken = input.Feed is null ? contracts.BrokenOf(input.Source) : [];
        started.AddRange(broken.Select(file => new StartedFeed(Path.GetFileName(file).Split('.')[0], "", StartOutcome.Refused)));
        return new(started);
    }
}
