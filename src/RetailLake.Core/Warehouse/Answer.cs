using System.Globalization;

namespace RetailLake.Core.Warehouse;

/// <summary>Values of a query's rows: warehouses answer whole numbers in types of their own.</summary>
internal static class Answer
{
    public static long Whole(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
