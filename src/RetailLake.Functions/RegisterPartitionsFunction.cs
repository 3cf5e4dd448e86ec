using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Catalog;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Makes the published run's curated objects visible in the catalog; runs that were not published never are.</summary>
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
        foreach (var table in published)
        {
            await catalog.RegisterAsync(
                new(run.Contract, table.Table, run.Plan.Execution, lake.Locate(run.Keys.CuratedFolder(table.Table)), [.. table.Files.Select(file => file.Object.Key)], table.Valid.Rows),
                deadline.Token);
        }

        return new(input.Run, published.Count);
    }
}
