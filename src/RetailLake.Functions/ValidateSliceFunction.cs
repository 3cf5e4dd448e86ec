using RetailLake.Functions.Hosting;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Functions;

/// <summary>Judges every landed row of one slice against the contract; writes verdicts and rejects, no copy of good rows.</summary>
public sealed class ValidateSliceFunction(RunReader runs, ILake lake, PersonalTokenSource tokens, IDropReaders readers)
{
    [LambdaFunction(ResourceName = "ValidateSliceFunction")]
    public Task<SliceOutput> ValidateSlice(SliceInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return context.WithinTimeAsync<SliceOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var key = run.Keys.Validated(input.Slice);
            var validated = await lake.TryReadAsync<ValidatedManifest>(key, deadline);
            if (validated is null)
            {
                var landed = await lake.ReadAsync<LandedManifest>(run.Keys.Landed(input.Slice), deadline);
                (validated, _) = await lake.WriteOnceAsync(key, await ValidateAsync(run, landed, context.Attempt(), deadline), deadline);
            }

            return new(input.Run, input.Slice, key, validated.Tables.Sum(table => table.ValidRows), validated.Tables.Sum(table => table.RejectedRows));
        });
    }

    private async Task<ValidatedManifest> ValidateAsync(Run run, LandedManifest landed, string attempt, CancellationToken cancellationToken)
    {
        var key = await tokens.ForAsync(run.Contract, cancellationToken);
        return landed.Drops is null
            ? await new RowValidator(lake, run.Contract, run.Keys, key).ValidateAsync(landed, attempt, cancellationToken)
            : await new DropValidator(lake, run.Contract, run.Keys, key, readers).ValidateAsync(landed, attempt, cancellationToken);
    }
}
