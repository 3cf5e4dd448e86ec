using System.Globalization;
using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Running;

namespace RetailLake.Local.Demonstration;

/// <summary>Counts and sums every table of a contract in the source and in the warehouse, each by its own engine, and says where they differ.</summary>
internal sealed class SourceComparison(IWarehouse warehouse, Quarantine quarantine, string sourceConnection)
{
    private const int KeysPerQuery = 500;

    public async Task<IReadOnlyList<TableComparison>> CompareAsync(Contract contract, CancellationToken cancellationToken)
    {
        var rejected = await RejectedKeysAsync(contract, cancellationToken);
        await using var source = new MySqlConnection(new MySqlConnectionStringBuilder(sourceConnection) { Database = contract.Server.Database }.ConnectionString);
        await source.OpenAsync(cancellationToken);
        var compared = new List<TableComparison>();
        foreach (var table in contract.Tables)
        {
            compared.Add(await CompareAsync(contract, table, rejected.GetValueOrDefault(table.Name) ?? [], source, cancellationToken));
        }

        return compared;
    }

    private async Task<TableComparison> CompareAsync(Contract contract, ContractTable table, List<string[]> rejected, MySqlConnection source, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Where(column => column.Type.Kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal && !column.Personal).ToList();
        var inSource = new TableQuery($"`{table.SourceName}`", name => $"`{table.Column(name).SourceName}`", table, columns, ComparedRows.Living(contract, table));
        var inWarehouse = new TableQuery($"\"{contract.Source}\".\"{table.Name}\"", name => $"\"{name}\"", table, columns, null);
        var left = await TotalAsync(inSource, rejected, (sql, stop) => QueryAsync(source, sql, stop), cancellationToken);
        var right = await TotalAsync(inWarehouse, rejected, async (sql, stop) => (await warehouse.QueryAsync(sql, stop))[0], cancellationToken);

        var differences = new List<string>();
        for (var index = 0; index < left.Kept.Length; index++)
        {
            if (left.Kept[index] != right.Kept[index])
            {
                var what = index == 0 ? "rows" : $"sum of {columns[index - 1].Name}";
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {left.Kept[index]} in the source, {right.Kept[index]} in the warehouse"));
            }
        }

        return new($"{contract.Source}.{table.Name}", (long)left.Kept[0], (long)right.Kept[0], (long)left.LeftOut[0], columns.Count, differences);
    }

    /// <summary>Totals of all rows less those of rejected keys: a row that was refused, or whose newest version was, is in no lake table as the source has it.</summary>
    private static async Task<(decimal[] Kept, decimal[] LeftOut)> TotalAsync(
        TableQuery query, List<string[]> rejected, Func<string, CancellationToken, Task<IReadOnlyList<object?>>> run, CancellationToken cancellationToken)
    {
        var all = Numbers(await run(query.All, cancellationToken));
        var leftOut = new decimal[all.Length];
        foreach (var keys in rejected.Chunk(KeysPerQuery))
        {
            var part = Numbers(await run(query.OfKeys(keys), cancellationToken));
            for (var index = 0; index < part.Length; index++)
            {
                leftOut[index] += part[index];
                all[index] -= part[index];
            }
        }

        return (all, leftOut);
    }

    private async Task<Dictionary<string, List<string[]>>> RejectedKeysAsync(Contract contract, CancellationToken cancellationToken)
    {
        var keys = contract.Tables.ToDictionary(table => table.Name, _ => new Dictionary<string, string[]>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var run in await quarantine.ListAsync(contract.Id, cancellationToken))
        {
            await foreach (var (table, reject) in quarantine.ReadAsync(run, cancellationToken))
            {
                var key = contract.Tables.First(known => known.Name == table).Key.Select(name => reject["key"]?[name]?.ToString() ?? "").ToArray();
                keys[table][string.Join('\u001f', key)] = key;
            }
        }

        return keys.ToDictionary(pair => pair.Key, pair => pair.Value.Values.ToList(), StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<object?>> QueryAsync(MySqlConnection source, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Names come from contracts that the contract check has held to a strict pattern.
        await using var command = new MySqlCommand(sql, source) { CommandTimeout = 600 };
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))];
    }

    private static decimal[] Numbers(IReadOnlyList<object?> row) =>
        [.. row.Select(value => value is null ? 0m : Convert.ToDecimal(value, CultureInfo.InvariantCulture))];
}
