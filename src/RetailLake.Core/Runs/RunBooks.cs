using System.Globalization;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Runs;

/// <summary>Adds and compares totals hop by hop.</summary>
public static class RunBooks
{
    public static TableTotals Sum(string table, IReadOnlyList<string> columns, IEnumerable<TableTotals> totals)
    {
        var rows = 0L;
        var sums = columns.ToDictionary(column => column, _ => 0m, StringComparer.Ordinal);
        foreach (var total in totals)
        {
            rows += total.Rows;
            foreach (var (column, sum) in total.Sums)
            {
                sums[column] = sums.GetValueOrDefault(column) + sum;
            }
        }

        return new(table, rows, sums);
    }

    public static TableTotals Add(TableTotals left, TableTotals right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Sum(left.Table, [.. left.Sums.Keys], [left, right]);
    }

    /// <exception cref="BooksDoNotBalanceException">The hop's two sides differ.</exception>
    public static void Balance(Run run, string table, string hop, TableTotals left, TableTotals right)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Rows != right.Rows)
        {
            throw Differ("rows", left.Rows, right.Rows);
        }

        foreach (var (column, sum) in left.Sums)
        {
            if (right.Sums.GetValueOrDefault(column) is var other && other != sum)
            {
                throw Differ($"sum of '{column}'", sum, other);
            }
        }

        BooksDoNotBalanceException Differ(string what, decimal expected, decimal found) => new(
            string.Create(CultureInfo.InvariantCulture, $"Found {what} {found} on the right of hop '{hop}' of '{run.Contract.Source}.{table}' in execution '{run.Plan.Execution}'; expected {expected}."),
            "Nothing was published.",
            $"Start the work again with 'lake rerun {run.Plan.Execution}'; if it repeats, the objects under '{run.Keys.Run}' show which slice differs.");
    }
}
