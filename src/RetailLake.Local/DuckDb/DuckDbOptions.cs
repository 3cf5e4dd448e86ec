namespace RetailLake.Local.DuckDb;

public sealed record DuckDbOptions
{
    /// <summary>DuckDB uses what it may and about 100 MB more. Loads were as fast with it as with 512MB, and need no more at 5 M rows.</summary>
    public const string DefaultMemoryLimit = "256MB";

    /// <summary>The database file; one process owns it.</summary>
    public required string Database { get; init; }

    /// <summary>LAKE_HOME: statement records lie in <c>statements/</c>, spill files in <c>tmp/duckdb/</c>.</summary>
    public required string Home { get; init; }

    public string MemoryLimit { get; init; } = DefaultMemoryLimit;

    public int Threads { get; init; } = 2;
}
