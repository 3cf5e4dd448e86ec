namespace RetailLake.Local.DuckDb;

public sealed record DuckDbOptions
{
    /// <summary>The database file; one process owns it.</summary>
    public required string Database { get; init; }

    /// <summary>LAKE_HOME: statement records lie in <c>statements/</c>, spill files in <c>tmp/duckdb/</c>.</summary>
    public required string Home { get; init; }

    /// <summary>DuckDB goes up to about 100 MB beyond it; 256MB is enough for a load of 5 M rows.</summary>
    public string MemoryLimit { get; init; } = "512MB";

    public int Threads { get; init; } = 2;
}
