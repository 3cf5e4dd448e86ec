using System.Globalization;

namespace RetailLake.Core.Warehouse;

/// <summary>Values of a query's rows: warehouses answer whole numbers in types of their own.</summary>
internal static class Answer
{
    public static long Whole(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>A TIMESTAMP without zone, which holds UTC everywhere in the warehouse.</summary>
    public static DateTimeOffset Utc(object? value) => new(DateTime.SpecifyKind((DateTime)value!, DateTimeKind.Utc));

    public static DateTimeOffset? UtcOrNull(object? value) => value is null ? null : Utc(value);
}
