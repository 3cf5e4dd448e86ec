namespace RetailLake.Core.Warehouse;

/// <summary>The one seam between DuckDB's and Redshift's SQL.</summary>
public abstract class SqlDialect
{
    /// <summary><c>duckdb</c> or <c>redshift</c>.</summary>
    public abstract string Name { get; }
}
