using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Export;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Delivers the stored bytes of the feed; sending again sends the same bytes.</summary>
public sealed class DeliverManthanFeedFunction(RunReader runs, ManthanDispatch dispatch)
{
    [LambdaFunction(ResourceName = "DeliverManthanFeedFunction")]
    public async Task<ManthanFeedOutput> DeliverManthanFeed(BuildManthanFeedInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var deadline = context.Deadline();
        var run = await runs.OpenAsync(input.Run, deadline.Token);
        var built = await dispatch.DeliverAsync(run, input.ExportSequence, deadline.Token);
        return new(input.Run, input.ExportSequence, built.Data.Key, built.Rows, built.Data.Bytes);
    }
}
