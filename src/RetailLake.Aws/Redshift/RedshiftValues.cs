using System.Globalization;
using Amazon.RedshiftDataAPIService.Model;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.Redshift;

/// <summary>A result's fields as the port hands them out: string, long, decimal, bool, DateTime (UTC), double or null.</summary>
/// <remarks>The Data API writes numerics and times as text. https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_Field.html</remarks>
internal static class RedshiftValues
{
    public static IReadOnlyList<object?> Row(IReadOnlyList<Field> fields, IReadOnlyList<ColumnMetadata> columns)
    {
        if (fields.Count != columns.Count)
        {
            throw Unreadable($"a row of {fields.Count} fields under {columns.Count} columns");
        }

        var row = new object?[fields.Count];
        for (var index = 0; index < row.Length; index++)
        {
            row[index] = Value(fields[index], columns[index]);
        }

        return row;
    }

    private static object? Value(Field field, ColumnMetadata column)
    {
        if (field.IsNull == true)
        {
            return null;
        }

        if (field.BooleanValue is { } flag)
        {
            return flag;
        }

        if (field.LongValue is { } whole)
        {
            return whole;
        }

        if (field.DoubleValue is { } real)
        {
            return IsExact(column.TypeName) ? throw Unreadable($"an inexact value in column '{column.Name}' of type '{column.TypeName}'") : real;
        }

        if (field.StringValue is not { } text)
        {
            throw Unreadable($"a field without a value that this adapter reads in column '{column.Name}' of type '{column.TypeName}'");
        }

        return column.TypeName switch
        {
            "numeric" or "decimal" => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Unreadable($"a number in column '{column.Name}' that is none"),
            "timestamp" or "timestamptz" or "date" => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var moment)
                ? moment
                : throw Unreadable($"a time in column '{column.Name}' that is none"),
            _ => text,
        };
    }

    private static bool IsExact(string type) => type is "numeric" or "decimal";

    private static LoadFailedException Unreadable(string what) =>
        new($"Found {what} in an answer of the Data API.", "Nothing was decided by it.", "Report it with the statement; redrive the execution after an update.");
}
