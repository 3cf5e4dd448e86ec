using DuckDB.NET.Data;

namespace RetailLake.Tests.Rows;

internal static class DuckDb
{
    /// <summary>A query's rows as text, as DuckDB casts it.</summary>
    public static List<string?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetString(index))]);
        }

        return rows;
    }

    /// <summary>All columns of a Parquet file cast to VARCHAR.</summary>
    public static List<string?[]> Parquet(string path) =>
        Query($"SELECT COLUMNS(*)::VARCHAR FROM read_parquet('{path}', hive_partitioning = false)");

    public static List<string?[]> ParquetTypes(string path) =>
        Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('{path}', hive_partitioning = false))");
}
