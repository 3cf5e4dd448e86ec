using System.Diagnostics.CodeAnalysis;
using MySqlConnector;

namespace RetailLake.Local.Demo;

/// <summary>One connection in UTC to a demo database; the SQL is all ours, values go as parameters.</summary>
internal sealed class DemoSql : IAsyncDisposable
{
    private DemoSql(MySqlConnection connection) => Connection = connection;

    public MySqlConnection Connection { get; }

    public static async Task<DemoSql> OpenAsync(string connectionString, string database, CancellationToken cancellationToken)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString)
        {
            Database = database,
            AllowLoadLocalInfile = true,
            AllowUserVariables = true,
            DefaultCommandTimeout = 600,
        };
        var connection = new MySqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var sql = new DemoSql(connection);
        await sql.ExecuteAsync("SET time_zone = '+00:00'", cancellationToken);
        return sql;
    }

    public async Task<int> ExecuteAsync(string text, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await using var command = Command(text, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first row, as text.</summary>
    public async Task<IReadOnlyList<string?>> RowAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = Command(text, []);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var row = new string?[reader.FieldCount];
        for (var index = 0; index < row.Length; index++)
            row[index] = reader.IsDBNull(index) ? null : Convert.ToString(reader.GetValue(index), System.Globalization.CultureInfo.InvariantCulture);
        return row;
    }

    public async Task<long> NumberAsync(string text, CancellationToken cancellationToken) =>
        long.Parse((await RowAsync(text, cancellationToken))[0] ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    [SuppressMessage("Security", "CA2100", Justification = "The texts are constants and embedded scripts of this folder; no input reaches them but as parameters.")]
    private MySqlCommand Command(string text, (string Name, object Value)[] values)
    {
        var command = new MySqlCommand(text, Connection);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
