using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Submits the one transaction that publishes a run and returns; the statement's status event invokes CompleteLoad.</summary>
public sealed class CopyToRedshiftFunction(RunReader runs, ILake lake, IWarehouse warehouse, TimeProvider time)
{
    [LambdaFunction(ResourceName = "CopyToRedshiftFunction")]
    public Task<CopyToRedshiftOutput> CopyToRedshift(CopyToRedshiftInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        return context.WithinTimeAsync<CopyToRedshiftOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var audit = await lake.ReadAsync<AuditReport>(run.Keys.Audit, deadline);
            await CuratedObjects.VerifyAsync(lake, audit, deadline);
            foreach (var copy in CopyManifests.Of(run.Contract, run.Plan, audit))
            {
                await lake.PutIfAbsentAsync(copy.Key, CopyManifests.ToBytes(copy, lake.Locate), deadline);
            }

            // Saved before the submit: the status event may be faster than this function's return.
            var token = await LoadTokens.SaveAsync(lake, run, input.TaskToken, deadline);
            var statements = LoadScript.For(run.Contract, run.Plan, audit, warehouse.Dialect, new(lake.Locate, time.GetUtcNow()));
            var statement = await warehouse.SubmitAsync(new(token.StatementName, token.ClientToken, statements), deadline);
            return new(input.Run, statement);
        });
    }
}
