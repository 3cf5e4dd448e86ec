using System.Globalization;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>Counts and sums across one hop.</summary>
internal static class Books
{
    public static TableTotals Minus(TableTotals all, TableTotals part) => new(
        all.Table, all.Rows - part.Rows, all.Sums.ToDictionary(sum => sum.Key, sum => sum.Value - part.Sums[sum.Key]));

    /// <exception cref="BooksDoNotBalanceException">Rows or a sum differ.</exception>
    public static void AssertEqual(string hop, string key, TableTotals wanted, TableTotals found)
    {
        if (wanted.Rows != found.Rows)
        {
            throw Differ(hop, key, $"{found.Rows:N0} rows", $"{wanted.Rows:N0}");
        }

        foreach (var (column, sum) in found.Sums)
        {
            // A source that keeps no control totals states none.
            if (wanted.Sums.TryGetValue(column, out var expected) && expected != sum)
            {
                throw Differ(hop, key, $"a sum of {sum.ToString(CultureInfo.InvariantCulture)} in '{column}'", expected.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static BooksDoNotBalanceException Differ(string hop, string key, string found, string wanted) => new(
        $"Found {found} between {hop} of '{key}'; expected {wanted}.",
        "Nothing was published.",
        "Redrive the execution; if it repeats, start the work again with 'lake rerun' and report the object.");
}
