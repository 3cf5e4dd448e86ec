using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Catalog;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Makes the published run's curated objects visible in the catalog; runs that were not published never are. Then deletes the records of its drops.</summary>
public sealed class RegisterPartitionsFunction(RunReader runs, ILake lake, ICatalog catalog)
{
    [LambdaFunction(ResourceName = "RegisterPartitionsFunction")]
    public async Task<RegisterPartitionsOutput> RegisterPartitions(RunInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var deadline = context.Deadline();
        var run = await runs.OpenAsync(input.Run, deadline.Token);
        var audit = await lake.ReadAsync<AuditReport>(run.Keys.Audit, deadline.Token);
        var published = audit.Tables.Where(table => table.Files.Count > 0).ToList();
        await catalog.RegisterAsync(
            [.. published.Select(table => new CuratedPartition(
                run.Contract, table.Table, run.Plan.Execution, lake.Locate(run.Keys.CuratedFolder(table.Table)), [.. table.Files.Select(file => file.Object.Key)], table.Valid.Rows))],
            deadline.Token);

        // The ledger has them now; a shorter listing is all that is won, so it may fail and come again.
        foreach (var id in run.Plan.Drops.Concat(run.Plan.Duplicates.Select(duplicate => duplicate.Drop)).Select(drop => drop.RecordId).Except(audit.Drops?.Left ?? []).Concat(run.Plan.Leftovers))
        {
            await DropRecords.DeleteAsync(lake, run.Contract.Source, run.Contract.Feed, id, deadline.Token);
        }

        return new(input.Run, published.Count);
    }
}
