using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>A result as GetStatementResult hands it out.</summary>
/// <param name="Columns">ColumnMetadata.</param>
internal sealed record StatementResult(IReadOnlyList<JsonObject> Columns, IReadOnlyList<JsonArray> Rows)
{
    public static StatementResult Read(DuckDBCommand command)
    {
        using var reader = command.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(index => new JsonObject { ["name"] = reader.GetName(index), ["label"] = reader.GetName(index), ["typeName"] = TypeName(reader.GetFieldType(index)) }).ToList();
        List<JsonArray> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? new JsonObject { ["isNull"] = true } : Field(reader.GetValue(index)))]);
        }

        return new(columns, rows);
    }

    private static string TypeName(Type type) =>
        type == typeof(bool) ? "bool" : type == typeof(decimal) || type == typeof(BigInteger) ? "numeric" : type == typeof(double) ? "float8"
        : type == typeof(DateTime) ? "timestamp" : type == typeof(DateOnly) ? "date" : type == typeof(TimeOnly) ? "time" : type == typeof(string) ? "varchar" : "int8";

    private static JsonObject Field(object value) => value switch
    {
        bool flag => new() { ["booleanValue"] = flag },
        string text => new() { ["stringValue"] = text },
        double real => new() { ["doubleValue"] = real },
        decimal exact => new() { ["stringValue"] = exact.ToString(CultureInfo.InvariantCulture) },
        BigInteger big => new() { ["stringValue"] = big.ToString(CultureInfo.InvariantCulture) },
        DateTime moment => new() { ["stringValue"] = moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) },
        DateOnly date => new() { ["stringValue"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        TimeOnly clock => new() { ["stringValue"] = clock.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture) },
        _ => new() { ["longValue"] = Convert.ToInt64(value, CultureInfo.InvariantCulture) },
    };
}
