using System.Globalization;
using MySqlConnector;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Onboarding;

/// <summary>Counts and sums of one table, each side asked by its own words; nothing of the product's own comparison is used.</summary>
internal static class IndependentTotals
{
    private static readonly string[] Exact = ["tinyint", "smallint", "mediumint", "int", "bigint", "decimal"];
    private static readonly string[] Floating = ["float", "double"];

    /// <returns>Lines <c>column: total</c>; floating sums to nine digits, for their order of adding differs.</returns>
    public static async Task<(IReadOnlyList<string> Source, IReadOnlyList<string> Warehouse)> OfAsync(
        MySqlConnection connection, Contract contract, Func<string, Task<IReadOnlyList<string>>> warehouse)
    {
        var table = contract.Parent;
        var types = await TypesAsync(connection, table.SourceName);
        List<string> source = ["*: " + await ScalarAsync(connection, $"SELECT COUNT(*) FROM `{table.SourceName}`")];
        List<string> lake = ["*: " + (await warehouse($"SELECT COUNT(*) FROM {contract.Source}.\"{table.Name}\""))[0]];
        foreach (var column in table.Columns)
        {
            source.Add($"{column.Name} values: {await ScalarAsync(connection, $"SELECT COUNT(`{column.SourceName}`) FROM `{table.SourceName}`")}");
            lake.Add($"{column.Name} values: {(await warehouse($"SELECT COUNT(\"{column.Name}\") FROM {contract.Source}.\"{table.Name}\""))[0]}");
            if (column.Personal || !(Exact.Contains(types[column.SourceName]) || Floating.Contains(types[column.SourceName])))
            {
                continue;
            }

            var isExact = Exact.Contains(types[column.SourceName]);
            source.Add($"{column.Name}: {Number(await ScalarAsync(connection, $"SELECT CAST(SUM(`{column.SourceName}`) AS CHAR) FROM `{table.SourceName}`"), isExact)}");
            lake.Add($"{column.Name}: {Number((await warehouse($"SELECT CAST(SUM(CAST(\"{column.Name}\" AS {(isExact ? "DECIMAL(38,10)" : "DOUBLE")})) AS VARCHAR) FROM {contract.Source}.\"{table.Name}\""))[0], isExact)}");
        }

        return (source, lake);
    }

    private static string Number(string text, bool isExact) => text.Length == 0 ? "none"
        : isExact ? (decimal.Parse(text, CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m).ToString("0.############", CultureInfo.InvariantCulture)
        : double.Parse(text, CultureInfo.InvariantCulture).ToString("G9", CultureInfo.InvariantCulture);

    private static async Task<Dictionary<string, string>> TypesAsync(MySqlConnection connection, string table)
    {
        await using var reader = await new MySqlCommand($"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{table}'", connection).ExecuteReaderAsync();
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            types.Add(reader.GetString(0), reader.GetString(1));
        }

        return types;
    }

    private static async Task<string> ScalarAsync(MySqlConnection connection, string sql) =>
        Convert.ToString(await new MySqlCommand(sql, connection).ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
}
