using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Catalog;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Makes the published run's curated objects visible in the catalog; runs that were not published never are. Then deletes the records of its drops.</summary>
public sealed class RegisterPartitionsFunction(RunReader runs, ILake lake, ICatalog catalog)
{
    /// <summary>Deletions: one after the other, twenty thousand take longer than the function may.</summary>
    private const int AtOnce = 32;

    [LambdaFunction(ResourceName = "RegisterPartitionsFunction")]
    public Task<RegisterPartitionsOutput> RegisterPartitions(RunInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        return context.WithinTimeAsync<RegisterPartitionsOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var audit = await lake.ReadAsync<AuditReport>(run.Keys.Audit, deadline);
            var published = audit.Tables.Where(table => table.Files.Count > 0).ToList();
            await catalog.RegisterAsync(
                [.. published.Select(table => new CuratedPartition(
                    run.Contract, table.Table, run.Plan.Execution, lake.Locate(run.Keys.CuratedFolder(table.Table)), [.. table.Files.Select(file => file.Object.Key)], table.Valid.Rows))],
                deadline);

            await DeleteRecordsAsync(run, audit, context.Logger, deadline);
            return new(input.Run, published.Count);
        });
    }

    /// <summary>The ledger has them now, and a plan leaves out what is there: a shorter listing is all that is won. So nothing here may fail a load that is published.</summary>
    private async Task DeleteRecordsAsync(Run run, AuditReport audit, ILambdaLogger log, CancellationToken deadline)
    {
        var ids = run.Plan.Drops.Concat(run.Plan.Duplicates.Select(duplicate => duplicate.Drop)).Select(drop => drop.RecordId).Except(audit.Drops?.Left ?? []).Concat(run.Plan.Leftovers);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = deadline };
        try
        {
            await Parallel.ForEachAsync(ids, options, async (id, stop) => await DropRecords.DeleteAsync(lake, run.Contract.Source, run.Contract.Feed, id, stop));
        }
        catch (Exception e) when (e is LakeException or IOException or UnauthorizedAccessException || (e is OperationCanceledException && deadline.IsCancellationRequested))
        {
            log.LogWarning("Records of '{Run}' were left, the load is published; the next run of the feed deletes them: {Error}", run.Plan.Execution, e.Message);
        }
    }
}
