using RetailLake.Functions.Hosting;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Functions;

/// <summary>Lands one slice of the source in its original form.</summary>
public sealed class LandSliceFunction(RunReader runs, ILake lake, IEnumerable<ISource> sources)
{
    [LambdaFunction(ResourceName = "LandSliceFunction")]
    public async Task<SliceOutput> LandSlice(SliceInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        using var deadline = context.Deadline();
        var run = await runs.OpenAsync(input.Run, deadline.Token);
        var key = run.Keys.Landed(input.Slice);
        var landed = await lake.TryReadAsync<LandedManifest>(key, deadline.Token);
        if (landed is null)
        {
            var mine = await sources.For(run.Contract).LandAsync(run.Contract, run.Plan, run.Slice(input.Slice), lake, context.Attempt(), deadline.Token);
            (landed, _) = await lake.WriteOnceAsync(key, mine, deadline.Token);
        }

        return new(input.Run, input.Slice, key, landed.Tables.Sum(table => table.Rows));
    }
}
