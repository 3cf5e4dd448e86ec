using System.Globalization;
using RetailLake.Local.Demo.Files;
using RetailLake.Local.Running;

namespace RetailLake.Local.Demonstration;

/// <summary>A table against what the generator of its files planted: rows, and the sums of its control totals, known from writing them.</summary>
internal static class PlantedComparison
{
    public static async Task<TableComparison> OfAsync(LakeHost host, DemoFileTotals expected, CancellationToken cancellationToken)
    {
        var contract = host.Contracts.All.First(contract => (contract.Drop is not null || contract.Stream is not null) && contract.Tables.Any(table => table.Name == expected.Table));
        var sums = expected.ValidSums.Where(sum => contract.Tables.First(table => table.Name == expected.Table).Column(sum.Key).ControlTotal).OrderBy(sum => sum.Key, StringComparer.Ordinal).ToList();
        var columns = string.Concat(sums.Select(sum => $", SUM(\"{sum.Key}\")"));
        var row = (await host.Warehouse.QueryAsync($"SELECT COUNT(*){columns} FROM \"{contract.Source}\".\"{expected.Table}\"", cancellationToken))[0];
        var rows = Convert.ToInt64(row[0], CultureInfo.InvariantCulture);
        List<string> differences = rows == expected.Valid ? [] : [string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, planted {expected.Valid:N0}")];
        for (var index = 0; index < sums.Count; index++)
        {
            var found = Convert.ToDecimal(row[index + 1] ?? 0m, CultureInfo.InvariantCulture);
            if (found != sums[index].Value)
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"sum of {sums[index].Key} {found}, planted {sums[index].Value}"));
            }
        }

        return new($"{contract.Source}.{expected.Table}", expected.Valid, rows, expected.Rejected, sums.Count, differences);
    }
}
