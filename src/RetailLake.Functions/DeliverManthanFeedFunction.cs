using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Export;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;
using RetailLake.Sources.Delivery;

namespace RetailLake.Functions;

/// <summary>Delivers the stored bytes of the feed, in sequence; sending again sends the same bytes.</summary>
public sealed class DeliverManthanFeedFunction(RunReader runs, ILake lake, ExportSequence sequence, ExportDelivery delivery, ExportReceivers receivers)
{
    [LambdaFunction(ResourceName = "DeliverManthanFeedFunction")]
    public Task<ManthanFeedOutput> DeliverManthanFeed(ManthanFeedInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        return context.WithinTimeAsync<ManthanFeedOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var export = await lake.ReadAsync<ExportManifest>(run.Keys.Export, deadline);
            await sequence.RequireEarlierDeliveredAsync(export, deadline);
            if (run.Contract.Manthan is { Target: { } target } manthan)
            {
                await using var receiver = await receivers.OpenAsync(target, deadline);
                await delivery.DeliverAsync(export, manthan.Delivery, receiver, run.Plan.Execution, deadline);
            }
            else
            {
                await sequence.KeepInLakeAsync(export, deadline);
            }

            return new(input.Run, export.Sequence, export.Data.Name, export.Data.Rows, export.Data.Object.Bytes);
        });
    }
}
