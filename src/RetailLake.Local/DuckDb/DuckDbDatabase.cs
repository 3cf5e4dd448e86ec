using System.Globalization;
using DuckDB.NET.Data;
using RetailLake.Core.Errors;

namespace RetailLake.Local.DuckDb;

/// <summary>The open database: one instance, a connection per call (DuckDB.NET shares the instance between connections to one file).</summary>
internal sealed class DuckDbDatabase : IDisposable
{
    private readonly string connectionString;
    private readonly DuckDBConnection root;

    public DuckDbDatabase(DuckDbOptions options)
    {
        TempFolder = Path.Combine(options.Home, "tmp", "duckdb");
        Directory.CreateDirectory(TempFolder);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Database))!);
        connectionString = $"Data Source={options.Database}";
        root = new(connectionString);
        try
        {
            root.Open();
            foreach (var setting in Settings(options))
            {
                Execute(root, setting);
            }
        }
        catch (DuckDBException exception)
        {
            root.Dispose();
            throw new LoadFailedException(
                $"Found that '{options.Database}' cannot be opened: {DuckDbErrors.Scrub(exception)}.", "Nothing was read or loaded.",
                "One process owns the database: stop the other one, or let it do the work.", exception);
        }
    }

    public string TempFolder { get; }

    public DuckDBConnection Open()
    {
        var connection = new DuckDBConnection(connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>All statements in one transaction; on any error nothing remains of them.</summary>
    public void Run(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        using var connection = Open();
        try
        {
            Execute(connection, "BEGIN TRANSACTION", cancellationToken);
            foreach (var statement in statements)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Execute(connection, statement, cancellationToken);
            }

            Execute(connection, "COMMIT", cancellationToken);
        }
        catch (DuckDBException exception)
        {
            // Closing the connection rolls back.
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbErrors.Map(exception);
        }
    }

    public void Dispose() => root.Dispose();

    private static void Execute(DuckDBConnection connection, string sql, CancellationToken cancellationToken = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var interrupt = cancellationToken.Register(command.Cancel);
        command.ExecuteNonQuery();
    }

    private string[] Settings(DuckDbOptions options) =>
    [
        $"SET GLOBAL memory_limit = {Text(options.MemoryLimit)}",
        string.Create(CultureInfo.InvariantCulture, $"SET GLOBAL threads = {options.Threads}"),
        $"SET GLOBAL temp_directory = {Text(TempFolder)}",
        "SET GLOBAL preserve_insertion_order = false",

        // Each file of a run is read once, by its load.
        "SET GLOBAL enable_external_file_cache = false",

        // Each checkpoint writes the last row group of every table anew; with 16 MB, the default, the loads of a topic spent half their time in it. A start after a crash replays as much.
        "SET GLOBAL checkpoint_threshold = '64MB'",

        // Trying these on every text column is most of a checkpoint's work, and loads wait for it. Dictionaries and bit packing stay.
        "SET GLOBAL disabled_compression_methods = 'fsst,dict_fsst,zstd'",

        // A Parquet timestamp marked as UTC would otherwise be turned into the machine's wall clock.
        "SET GLOBAL TimeZone = 'UTC'",
        "SET GLOBAL autoinstall_known_extensions = false",
        "SET GLOBAL autoload_known_extensions = false",
        "SET GLOBAL allow_community_extensions = false",
        "SET GLOBAL allow_unsigned_extensions = false",

        // What a load let go of goes back to the system soon, not when the next load needs it: the slices of other feeds run in this process.
        "SET GLOBAL allocator_background_threads = true",
        "SET GLOBAL allocator_flush_threshold = '8MB'",
        "SET GLOBAL lock_configuration = true",
    ];

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
