namespace RetailLake.Core.Catalog;

/// <summary>The catalog of curated data: Glue, or tables in DuckDB. Only published runs are registered.</summary>
public interface ICatalog
{
    /// <summary>Registers one published run of one table; registering it again changes nothing.</summary>
    Task RegisterAsync(CuratedPartition partition, CancellationToken cancellationToken);
}

/// <param name="Location">Folder of the run's Parquet objects, as the warehouse addresses it.</param>
public sealed record CuratedPartition(Contracts.Contract Contract, string Table, string Execution, string Location, IReadOnlyList<string> Files, long Rows);
