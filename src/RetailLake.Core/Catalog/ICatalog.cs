namespace RetailLake.Core.Catalog;

/// <summary>The catalog of curated data: Glue, or tables in DuckDB. Only published runs are registered.</summary>
public interface ICatalog
{
    /// <summary>Registers the tables of one published run; registering them again changes nothing.</summary>
    Task RegisterAsync(IReadOnlyList<CuratedPartition> run, CancellationToken cancellationToken);
}

/// <summary>What a published run left of one table.</summary>
/// <param name="Location">Folder of the run's Parquet objects, as the warehouse addresses it.</param>
public sealed record CuratedPartition(Contracts.Contract Contract, string Table, string Execution, string Location, IReadOnlyList<string> Files, long Rows);
