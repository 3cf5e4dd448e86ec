using DuckDB.NET.Data;
using RetailLake.Core.Contracts;

namespace RetailLake.Bench;

/// <summary>The peer: DuckDB reads the same text, casts and writes Parquet, without any rule.</summary>
internal static class DuckDbConversion
{
    /// <param name="text">A path, or a pattern of paths.</param>
    /// <param name="isFlat">Separated by commas, quotes taken; otherwise as landed rows of a database.</param>
    public static async Task RunAsync(string text, string parquet, bool isFlat = false)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var names = string.Join(", ", SaleLines.Columns.Select(column => $"'{column.Name}': 'VARCHAR'"));
        var casts = string.Join(", ", SaleLines.Columns.Select(column => $"TRY_CAST({column.Name} AS {Type(column.Type)}) AS {column.Name}"));
#pragma warning disable CA2100 // Names and paths are this benchmark's own.
        command.CommandText = $"""
            SET memory_limit = '1GB'; SET threads = 2; SET preserve_insertion_order = false;
            COPY (SELECT {casts} FROM read_csv('{text}', {(isFlat ? "delim = ',', quote = '\"', escape = '\"'" : @"delim = '\t', quote = '', escape = '', nullstr = '\N'")}, header = false, auto_detect = false, columns = {'{'}{names}{'}'}))
            TO '{parquet}' (FORMAT parquet, COMPRESSION snappy);
            """;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string Type(ColumnType type) => type.Kind switch
    {
        ColumnKind.Int32 => "INTEGER",
        ColumnKind.Int64 => "BIGINT",
        ColumnKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        ColumnKind.Timestamp => "TIMESTAMP",
        _ => "VARCHAR",
    };
}
