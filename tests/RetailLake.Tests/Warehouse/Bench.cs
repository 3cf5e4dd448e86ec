using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Local.DuckDb;

namespace RetailLake.Tests.Warehouse;

/// <summary>A private home with a DuckDB warehouse; Parquet files are written by DuckDB itself.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

    private static int number;

    public Bench(params Contract[] contracts)
    {
        Home = Directory.CreateTempSubdirectory("warehouse-").FullName;
        Options = new() { Database = Path.Combine(Home, "warehouse.duckdb"), Home = Home };
        Warehouse = new(Options, TimeProvider.System);
        Contracts = contracts;
    }

    public string Home { get; }

    public DuckDbOptions Options { get; }

    public DuckDbWarehouse Warehouse { get; private set; }

    public IReadOnlyList<Contract> Contracts { get; }

    public LedgerQueries Ledger => new(Warehouse);

    public static CancellationToken None => CancellationToken.None;

    public static async Task<Bench> MigratedAsync(params Contract[] contracts)
    {
        var bench = new Bench(contracts);
        await MigrationScript.RunAsync(bench.Warehouse, contracts, None);
        return bench;
    }

    public static RunPlan Plan(Contract contract, long ordinal, int? lo = null, int hi = 10, string? workId = null, string? execution = null) => new()
    {
        Execution = execution ?? $"{contract.Feed}-{ordinal}",
        Contract = contract.Id,
        ContractVersion = contract.Version,
        ContractSha256 = contract.Sha256,
        Ordinal = ordinal,
        WorkId = workId ?? $"{contract.Id}/{ordinal}",
        Window = contract.Stream is null && contract.Extract.Mode == ExtractMode.Window ? new(lo is { } hour ? Start.AddHours(hour) : null, Start.AddHours(hi), "innodb_trx") : null,
        Slices = [],
        PlannedAt = Start.AddHours(hi),
    };

    /// <summary>A Parquet file whose rows are given as SQL: <c>(1, 'a'), (2, 'b')</c>, or as a query.</summary>
    /// <param name="staged">Columns of the file; null: those of the table.</param>
    public CuratedTable File(Contract contract, ContractTable table, string rows, SliceKind kind = SliceKind.Rows, IReadOnlyList<ContractColumn>? staged = null)
    {
        var dialect = new DuckDbDialect();
        var columns = kind == SliceKind.Keys ? table.Key.Select(table.Column).ToList() : staged ?? table.Columns;
        var query = rows.StartsWith("SELECT", StringComparison.Ordinal) ? rows : $"SELECT * FROM (VALUES {rows})";
        var casts = string.Join(", ", columns.Select((column, index) => $"CAST(c{index} AS {dialect.TypeOf(column)}) AS \"{column.Name}\""));
        var names = string.Join(", ", columns.Select((_, index) => $"c{index}"));
        var key = $"curated/{contract.Source}/{table.Name}/run={Interlocked.Increment(ref number)}/slice=0001-a.parquet";
        var path = Path.Combine(Home, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT {casts} FROM ({query}) t({names})) TO '{path}' (FORMAT parquet)";
        var count = command.ExecuteNonQuery();
        return new(table.Name, kind, new(key, new FileInfo(path).Length, new('0', 64)), count);
    }

    /// <summary>An audit whose figures are measured in the files.</summary>
    public AuditReport Audit(Contract contract, RunPlan plan, IReadOnlyDictionary<string, string> rows, string? keys = null)
    {
        List<AuditedTable> tables = [];
        foreach (var table in contract.Tables)
        {
            var text = rows.GetValueOrDefault(table.Name, "");
            List<CuratedTable> files = text.Length == 0 ? [] : [File(contract, table, text)];
            List<CuratedTable> keyFiles = keys is { Length: > 0 } && ReferenceEquals(table, contract.Parent) ? [File(contract, table, keys, SliceKind.Keys)] : [];
            var totals = new TableTotals(table.Name, files.Sum(file => file.Rows), Sums(table, files));
            var nothing = new TableTotals(table.Name, 0, new Dictionary<string, decimal>());
            tables.Add(new(table.Name, totals, totals, totals, nothing, files, keyFiles, keyFiles.Sum(file => file.Rows)));
        }

        return new(plan.WorkId, tables, keys is not null);
    }

    public IReadOnlyList<string> Script(Contract contract, RunPlan plan, AuditReport audit) =>
        LoadScript.For(contract, plan, audit, Warehouse.Dialect, new(key => Path.Combine(Home, key), Start.AddHours(plan.Ordinal)));

    public Task LoadAsync(Contract contract, RunPlan plan, IReadOnlyDictionary<string, string> rows, string? keys = null) =>
        Warehouse.ExecuteAsync(Script(contract, plan, Audit(contract, plan, rows, keys)), None);

    public async Task<string> TextAsync(string sql)
    {
        var rows = await Warehouse.QueryAsync(sql, None);
        return string.Join("; ", rows.Select(row => string.Join(",", row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))));
    }

    /// <summary><c>staged/inserted/replaced/superseded/duplicate/deleted/swept/published</c> of a balance row.</summary>
    public async Task<string> BooksAsync(RunPlan plan, string table, string measure = "rows")
    {
        var row = (await Ledger.BalanceAsync(plan.WorkId, None)).Single(balance => balance.Table == table && balance.Measure == measure);
        return string.Join("/", new[] { "staged", "inserted", "replaced", "superseded", "duplicate", "deleted", "swept", "published" }
            .Select(hop => row.Hops[hop].ToString("0.###", CultureInfo.InvariantCulture)));
    }

    /// <summary>The process dies and another one opens the same home.</summary>
    public async Task RestartAsync()
    {
        await Warehouse.DisposeAsync();
        Warehouse = new(Options, TimeProvider.System);
    }

    /// <summary>Starts the runner and completes with the first status event of a statement.</summary>
    public Task<JsonObject> FirstEvent(int failFirst = 0)
    {
        var first = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        Warehouse.Start((status, _) => failFirst-- > 0 ? throw new InvalidOperationException("not now") : Task.FromResult(first.TrySetResult(status)));
        return first.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }

    private Dictionary<string, decimal> Sums(ContractTable table, IReadOnlyList<CuratedTable> files)
    {
        var measures = table.Columns.Where(column => column.ControlTotal).Select(column => column.Name).ToList();
        return measures.ToDictionary(measure => measure, measure => files.Sum(file =>
        {
            using var connection = new DuckDBConnection("Data Source=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT CAST(COALESCE(SUM(\"{measure}\"), 0) AS DECIMAL(38,6)) FROM read_parquet('{Path.Combine(Home, file.Object.Key)}')";
            return (decimal)command.ExecuteScalar()!;
        }));
    }
}
