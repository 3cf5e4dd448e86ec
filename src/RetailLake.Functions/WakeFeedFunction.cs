using System.Text.Json;
using Amazon.Lambda.Annotations;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Functions;

/// <summary>An execution succeeded: what landed while it ran starts its feed again. After a failure nothing starts by itself; the schedule and people do.</summary>
public sealed class WakeFeedFunction(ContractCatalog contracts, Lazy<PendingDrops> pending, FeedStarter starter)
{
    [LambdaFunction(ResourceName = "WakeFeedFunction")]
    public async Task<WakeFeedOutput> WakeFeed(ExecutionStatusEvent input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Detail.Status != "SUCCEEDED" || Feed(input.Detail.Input) is not { } feed
            || contracts.All.FirstOrDefault(contract => contract.Source == feed.Source && contract.Feed == feed.Feed) is not { Drop: not null } contract)
        {
            return new(WakeOutcome.NotAFeedOfFiles);
        }

        return await pending.Value.AnyAsync(contract, CancellationToken.None)
            ? new(WakeOutcome.Woken, await starter.WakeAsync(contract, input.Detail.ExecutionArn?.Split(':')[^1]))
            : new(WakeOutcome.NothingPending);
    }

    /// <summary>EventBridge carries the execution's input as text; machines other than ingest have other inputs.</summary>
    private static FeedInput? Feed(string? input)
    {
        try
        {
            return input is null ? null : LakeJson.FromBytes<FeedInput>(System.Text.Encoding.UTF8.GetBytes(input));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record FeedInput(string? Source, string? Feed);
}
