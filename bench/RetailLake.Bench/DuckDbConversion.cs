using DuckDB.NET.Data;
using RetailLake.Core.Contracts;

namespace RetailLake.Bench;

/// <summary>The peer: DuckDB reads the same text, casts and writes Parquet, without any rule.</summary>
internal static class DuckDbConversion
{
    public static async Task RunAsync(string text, string parquet)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var names = string.Join(", ", SaleLines.Columns.Select(column => $"'{column.Name}': 'VARCHAR'"));
        var casts = string.Join(", ", SaleLines.Columns.Select(column => $"TRY_CAST({column.Name} AS {Type(column.Type)}) AS {column.Name}"));
#pragma warning disable CA2100 // Names and paths are this benchmark's own.
        command.CommandText = $"""
            SET memory_limit = '1GB'; SET threads = 2; SET preserve_insertion_order = false;
            COPY (SELECT {casts} FROM read_csv('{text}', delim = '\t', header = false, quote = '', escape = '', nullstr = '\N', auto_detect = false, columns = {'{'}{names}{'}'}))
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
