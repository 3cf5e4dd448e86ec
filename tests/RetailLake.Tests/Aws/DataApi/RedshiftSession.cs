using DuckDB.NET.Data;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>One session of the emulated database: statements in Redshift's words, executed by DuckDB with Redshift's rules.</summary>
internal sealed class RedshiftSession(RedshiftDatabase database) : IDisposable
{
    private readonly DuckDBConnection connection = database.Connect();
    private readonly TableTypes temporary = new();

    public void Begin() => Execute("BEGIN TRANSACTION");

    public void Commit() => Execute("COMMIT");

    /// <param name="isInBlock">Within BEGIN … COMMIT, where some statements are refused.</param>
    /// <returns>Of SELECT its rows.</returns>
    public async Task<StatementResult?> RunAsync(string sql, bool isInBlock)
    {
        switch (RedshiftText.FormOf(sql))
        {
            case StatementForm.Lock:
                database.Types.Of(RedshiftText.Lock().Match(sql).Groups["table"].Value);
                return isInBlock ? null : throw new RedshiftException("LOCK TABLE may only be used in transaction blocks");
            case StatementForm.Procedure:
                database.Define(RedshiftText.Procedure().Match(sql));
                return null;
            case StatementForm.Call:
                database.Procedure(RedshiftText.Call().Match(sql).Groups["name"].Value).Call(connection, RedshiftText.Literals(sql).Single());
                return null;
            case StatementForm.Table:
                CreateTable(sql);
                return null;
            case StatementForm.AddColumn:
                AddColumn(sql);
                return null;
            case StatementForm.Widen when isInBlock:
                throw new RedshiftException("ALTER TABLE ALTER COLUMN cannot run inside a transaction block");
            case StatementForm.Widen:
                Widen(sql);
                return null;
            case StatementForm.Access:
                database.Access.Run(sql, IsRelation);
                return null;
            case StatementForm.Copy:
                await CopyAsync(sql);
                return null;
            case StatementForm.Unload:
                await UnloadAsync(sql);
                return null;
            case StatementForm.Insert:
                Execute(RedshiftText.ToDuckDb(sql));
                var table = RedshiftText.Insert().Match(sql).Groups["table"].Value;
                Types(table).CheckLengths(connection, table, Types(table).Of(table));
                return null;
            case StatementForm.Select:
                return Select(sql);
            default:
                Execute(RedshiftText.ToDuckDb(sql));
                return null;
        }
    }

    public void Dispose() => connection.Dispose();

    private TableTypes Types(string table) => temporary.Contains(table) ? temporary : database.Types;

    private StatementResult Select(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = RedshiftText.ToDuckDb(database.Access.Answer(sql).Replace("svv_columns", $"({database.Types.ViewOfColumns()})", StringComparison.Ordinal));
        return StatementResult.Read(command);
    }

    private bool IsRelation(string name)
    {
        var parts = name.Split('.');
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{parts[0].Trim('"')}' AND table_name = '{parts[1].Trim('"')}'";
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) == 1;
    }

    private void CreateTable(string sql)
    {
        var match = RedshiftText.Table().Match(sql);
        var table = match.Groups["table"].Value;
        var columns = TableTypes.Parse(match.Groups["columns"].Value);
        var keys = match.Groups["sort"].Value.Replace("\"", "", StringComparison.Ordinal).Split(", ", StringSplitOptions.RemoveEmptyEntries).Append(match.Groups["key"].Value).Where(key => key.Length > 0);
        if (keys.Except(columns.Select(column => column.Name)).FirstOrDefault() is { } unknown)
        {
            throw new RedshiftException($"column \"{unknown}\" named in key does not exist");
        }

        if (!match.Groups["temp"].Success && database.Types.Contains(table))
        {
            return;
        }

        // No keys: Redshift enforces none.
        Execute($"CREATE {match.Groups["temp"].Value}TABLE {table} ({string.Join(", ", columns.Select(column => $"\"{column.Name}\" {column.DuckDbType}{(column.NotNull ? " NOT NULL" : "")}"))})");
        (match.Groups["temp"].Success ? temporary : database.Types).Add(table, columns);
    }

    private void AddColumn(string sql)
    {
        var match = RedshiftText.AddColumn().Match(sql);
        var column = new TypedColumn(match.Groups["column"].Value, TableTypes.Checked(match.Groups["type"].Value), false);
        Execute($"ALTER TABLE {match.Groups["table"].Value} ADD COLUMN \"{column.Name}\" {column.DuckDbType}");
        database.Types.Set(match.Groups["table"].Value, column);
    }

    private void Widen(string sql)
    {
        var match = RedshiftText.Widen().Match(sql);
        var table = match.Groups["table"].Value;
        var column = database.Types.Of(table).Single(known => known.Name == match.Groups["column"].Value);
        if (database.Access.IsMasked(table, column.Name))
        {
            throw new RedshiftException($"cannot alter type of column \"{column.Name}\" that a masking policy is attached to");
        }

        var type = TableTypes.Checked($"VARCHAR({match.Groups["bytes"].Value})");
        database.Types.Set(table, column.Bytes < new TypedColumn("", type, false).Bytes ? column with { Type = type } : throw new RedshiftException("cannot alter type to a shorter one"));
    }

    /// <summary>By position; the file's types must be the table's, since COPY of Parquet converts nothing.</summary>
    private async Task CopyAsync(string sql)
    {
        var match = RedshiftText.Copy().Match(sql);
        var table = match.Groups["table"].Value;
        var columns = Types(table).Of(table);
        foreach (var file in await database.Objects.FetchAsync(match.Groups["manifest"].Value))
        {
            var types = FileTypes(file);
            if (types.Count != columns.Count)
            {
                throw new RedshiftException($"Unmatched number of columns between table and file. Table columns: {columns.Count}, Data columns: {types.Count}, File name: {file}");
            }

            if (types.Zip(columns).FirstOrDefault(pair => pair.First != pair.Second.DuckDbType).Second is { } odd)
            {
                throw new RedshiftException($"Spectrum Scan Error\n  Detail: has an incompatible Parquet schema for column '{odd.Name}'");
            }

            Execute($"INSERT INTO {table} SELECT * FROM read_parquet('{file}', hive_partitioning = false)");
            File.Delete(file);
        }

        Types(table).CheckLengths(connection, table, columns);
    }

    private List<string> FileTypes(string file)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM read_parquet('{file}', hive_partitioning = false)";
        using var reader = command.ExecuteReader();
        List<string> types = [];
        while (reader.Read())
        {
            types.Add(reader.GetString(1));
        }

        return types;
    }

    /// <summary>Text in the query's order; neither quoted nor escaped, NULL as nothing.</summary>
    private async Task UnloadAsync(string sql)
    {
        var match = RedshiftText.Unload().Match(sql);
        using var command = connection.CreateCommand();
        command.CommandText = RedshiftText.ToDuckDb(RedshiftText.Literals(sql)[0]);
        var rows = StatementResult.Read(command).Rows.Select(row => string.Join(match.Groups["delimiter"].Value, row.Select(field => (string?)field!["stringValue"] ?? "")));
        await database.Objects.StoreAsync(match.Groups["to"].Value, StoredObjects.Lines(rows));
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
