using MySqlConnector;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Scenarios;

/// <summary>Row by row: keys and control totals as MariaDB has them now, against the lake. Keys in quarantine are left out on both sides.</summary>
internal static class TableComparison
{
    public static async Task ShouldAgreeAsync(TestLake lake, TestSource source, Contract contract)
    {
        var rejected = await RejectedAsync(lake, contract);
        foreach (var table in contract.Tables)
        {
            var columns = table.Key.Concat(table.Columns.Where(column => column.ControlTotal).Select(column => column.Name)).Select(table.Column).ToList();
            var living = contract.Extract.Deletes == DeletePolicy.Soft && table.SoftDeleteColumn is { } mark ? $" WHERE {mark} IS NULL" : "";
            var expected = await OfSourceAsync(source, contract.Source, $"SELECT {string.Join(", ", columns.Select(column => $"CAST({column.SourceName} AS CHAR)"))} FROM {table.SourceName}{living}");
            var found = (await lake.Host.Warehouse.QueryAsync(
                    $"SELECT {string.Join(", ", columns.Select(column => $"CAST({column.Name} AS VARCHAR)"))} FROM {contract.Source}.{table.Name}", CancellationToken.None))
                .Select(row => string.Join('|', row));

            Known(found).Should().Equal(Known(expected), $"'{contract.Source}.{table.Name}' is a copy of its source");

            List<string> Known(IEnumerable<string> rows) =>
                [.. rows.Where(row => !rejected.Contains($"{table.Name}:{string.Join('|', row.Split('|').Take(table.Key.Count))}")).Order(StringComparer.Ordinal)];
        }
    }

    private static async Task<HashSet<string>> RejectedAsync(TestLake lake, Contract contract)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in await lake.Host.Quarantine.ListAsync(contract.Id, CancellationToken.None))
        {
            await foreach (var (name, reject) in lake.Host.Quarantine.ReadAsync(run, CancellationToken.None))
            {
                keys.Add($"{name}:{string.Join('|', contract.Tables.Single(table => table.Name == name).Key.Select(key => reject["key"]![key]!.ToString()))}");
            }
        }

        return keys;
    }

    private static async Task<List<string>> OfSourceAsync(TestSource source, string database, string sql)
    {
        await using var connection = await source.ConnectAsync(database);
        await using var reader = await new MySqlCommand(sql, connection).ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? "" : reader.GetString(index))));
        }

        return rows;
    }
}
