using RetailLake.Functions.Hosting;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Metrics;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Functions;

/// <summary>Lands one slice of the source in its original form.</summary>
public sealed class LandSliceFunction(RunReader runs, ILake lake, IEnumerable<ISource> sources, IMetrics metrics)
{
    [LambdaFunction(ResourceName = "LandSliceFunction")]
    public Task<SliceOutput> LandSlice(SliceInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return context.WithinTimeAsync<SliceOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var key = run.Keys.Landed(input.Slice);
            var landed = await lake.TryReadAsync<LandedManifest>(key, deadline);
            if (landed is null)
            {
                var mine = await sources.For(run.Contract).LandAsync(run.Contract, run.Plan, run.Slice(input.Slice), lake, context.Attempt(), deadline);
                (landed, var isMine) = await lake.WriteOnceAsync(key, mine, deadline);
                if (isMine && landed.Drops?.Where(drop => drop.Refused is not null).ToList() is { Count: > 0 } refused)
                {
                    metrics.Put(run.Contract.Id, [
                        Measurement.Count(MetricName.DropsRefused, refused.Count),
                        Measurement.Count(MetricName.ControlFilesContradicted, refused.Count(drop => drop.Refused!.Code == DropRefusalCode.Totals)),
                    ]);
                }
            }

            return new(input.Run, input.Slice, key, landed.Tables.Sum(table => table.Rows));
        });
    }
}
