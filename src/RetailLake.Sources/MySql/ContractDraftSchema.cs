using MySqlConnector;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Reads information_schema. Names go as parameters, never into the text.</summary>
internal static class ContractDraftSchema
{
    private static readonly string[] NarrowSets = ["ascii", "latin1", "utf8", "utf8mb3"];

    public static async Task<ContractDraftTable> ReadAsync(MySqlConnection connection, string database, string table, CancellationToken cancellationToken)
    {
        var found = await RowsAsync(
            connection, database, table,
            "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = @database AND table_name = @table", cancellationToken);
        if (found.Count == 0)
        {
            throw new SourceSchemaException(
                $"Found no table '{table}' in '{database}' that this user may read.", "No contract was written.", "Correct the name (case counts), or grant SELECT on it.");
        }

        var columns = await RowsAsync(
            connection, database, table,
            "SELECT column_name, column_type, is_nullable, extra, COALESCE(character_set_name, ''), column_comment FROM information_schema.columns WHERE table_schema = @database AND table_name = @table ORDER BY ordinal_position", cancellationToken);
        var json = await JsonColumnsAsync(connection, database, table, cancellationToken);
        return new(
            found[0][0],
            found[0][1],
            [.. columns.Select(row => new ContractDraftColumn(row[0], TypeOf(row[1], row[4], json.Contains(row[0])), row[2] == "NO", row[3].ToLowerInvariant(), row[5]))],
            await KeyAsync(connection, database, table, cancellationToken),
            await ForeignKeysAsync(connection, database, table, cancellationToken));
    }

    private static string TypeOf(string type, string characterSet, bool isJson) =>
        isJson ? "json" : NarrowSets.Contains(characterSet) && (type.StartsWith("char", StringComparison.Ordinal) || type.StartsWith("varchar", StringComparison.Ordinal)) ? $"{type} character set {characterSet}" : type;

    private static async Task<IReadOnlyList<string>> KeyAsync(MySqlConnection connection, string database, string table, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(
            connection, database, table,
            "SELECT s.index_name, s.column_name, c.is_nullable FROM information_schema.statistics s JOIN information_schema.columns c ON c.table_schema = s.table_schema AND c.table_name = s.table_name AND c.column_name = s.column_name WHERE s.table_schema = @database AND s.table_name = @table AND s.non_unique = 0 ORDER BY s.index_name = 'PRIMARY' DESC, s.index_name, s.seq_in_index", cancellationToken);
        var key = rows.GroupBy(row => row[0], StringComparer.Ordinal).FirstOrDefault(index => index.All(row => row[2] == "NO"));
        return key is not null ? [.. key.Select(row => row[1])] : throw new SourceSchemaException(
            $"Found no primary key and no unique index without NULLs on '{database}.{table}'.", "No contract was written.", "Give the table a key, or have the source offer a view that has one and write its contract by hand.");
    }

    private static async Task<IReadOnlyList<ContractDraftForeignKey>> ForeignKeysAsync(MySqlConnection connection, string database, string table, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(
            connection, database, table,
            "SELECT constraint_name, referenced_table_name, column_name, referenced_column_name FROM information_schema.key_column_usage WHERE table_schema = @database AND table_name = @table AND referenced_table_schema = @database ORDER BY constraint_name, ordinal_position", cancellationToken);
        return [.. rows.GroupBy(row => row[0], StringComparer.Ordinal).Select(key => new ContractDraftForeignKey(key.First()[1], [.. key.Select(row => row[2])], [.. key.Select(row => row[3])]))];
    }

    /// <summary>MariaDB's JSON is LONGTEXT with a check; only the check tells.</summary>
    private static async Task<HashSet<string>> JsonColumnsAsync(MySqlConnection connection, string database, string table, CancellationToken cancellationToken)
    {
        if (!connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var rows = await RowsAsync(
            connection, database, table,
            "SELECT constraint_name FROM information_schema.check_constraints WHERE constraint_schema = @database AND table_name = @table AND check_clause LIKE 'json\\_valid(%'", cancellationToken);
        return [.. rows.Select(row => row[0])];
    }

    private static async Task<List<string[]>> RowsAsync(MySqlConnection connection, string database, string table, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@database", database);
        command.Parameters.AddWithValue("@table", table);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? "" : reader.GetString(index))]);
        }

        return rows;
    }
}
