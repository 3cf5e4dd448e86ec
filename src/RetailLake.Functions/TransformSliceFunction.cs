using RetailLake.Functions.Hosting;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Functions;

/// <summary>Encodes the valid rows of one slice to Parquet.</summary>
public sealed class TransformSliceFunction(RunReader runs, ILake lake, PersonalTokenSource tokens, IDropReaders readers)
{
    [LambdaFunction(ResourceName = "TransformSliceFunction")]
    public Task<SliceOutput> TransformSlice(SliceInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return context.WithinTimeAsync<SliceOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var key = run.Keys.Curated(input.Slice);
            var curated = await lake.TryReadAsync<CuratedManifest>(key, deadline);
            if (curated is null)
            {
                var landed = await lake.ReadAsync<LandedManifest>(run.Keys.Landed(input.Slice), deadline);
                var validated = await lake.ReadAsync<ValidatedManifest>(run.Keys.Validated(input.Slice), deadline);
                (curated, _) = await lake.WriteOnceAsync(key, await EncodeAsync(run, landed, validated, context.Attempt(), deadline), deadline);
            }

            return new(input.Run, input.Slice, key, curated.Tables.Sum(table => table.Rows));
        });
    }

    private async Task<CuratedManifest> EncodeAsync(Run run, LandedManifest landed, ValidatedManifest validated, string attempt, CancellationToken cancellationToken)
    {
        var key = await tokens.ForAsync(run.Contract, cancellationToken);
        return landed.Drops is null
            ? await new ParquetEncoder(lake, run.Contract, run.Keys, key).EncodeAsync(landed, validated, attempt, cancellationToken)
            : await new DropEncoder(lake, run.Contract, run.Keys, key, readers).EncodeAsync(landed, validated, attempt, cancellationToken);
    }
}
