using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Export;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Builds the Manthan file of one load from its outbox rows; same run, same bytes.</summary>
public sealed class BuildManthanFeedFunction(RunReader runs, ManthanFeed feed)
{
    [LambdaFunction(ResourceName = "BuildManthanFeedFunction")]
    public Task<ManthanFeedOutput> BuildManthanFeed(ManthanFeedInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        return context.WithinTimeAsync<ManthanFeedOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var built = await feed.BuildAsync(run.Contract, run.Plan, context.Attempt(), deadline);
            return new(input.Run, built.Sequence, built.Data.Name, built.Data.Rows, built.Data.Object.Bytes);
        });
    }
}
