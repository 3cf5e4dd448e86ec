using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse.Conformance;

/// <summary>A warehouse behind one adapter, with a lake whose Parquet files DuckDB writes.</summary>
internal abstract class WarehouseSite(Bench bench) : IAsyncDisposable
{
    public abstract IWarehouse Warehouse { get; }

    public Bench Bench => bench;

    public LedgerQueries Ledger => new(Warehouse);

    public static async Task<WarehouseSite> OpenAsync(string adapter, params Contract[] contracts)
    {
        WarehouseSite site = adapter == "duckdb" ? new DuckDbSite(contracts) : new RedshiftSite(contracts);
        await MigrationScript.RunAsync(site.Warehouse, contracts, Bench.None);
        return site;
    }

    /// <summary>Completes with the first status event of a statement.</summary>
    public abstract Task<JsonObject> FirstEvent();

    public abstract string Locate(string key);

    public IReadOnlyList<string> Script(Contract contract, RunPlan plan, AuditReport audit)
    {
        foreach (var copy in CopyManifests.Of(contract, plan, audit))
        {
            var path = Path.Combine(bench.Home, copy.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, CopyManifests.ToBytes(copy, Locate));
        }

        return LoadScript.For(contract, plan, audit, Warehouse.Dialect, new(Locate, Bench.Start.AddHours(plan.Ordinal)));
    }

    public Task LoadAsync(Contract contract, RunPlan plan, IReadOnlyDictionary<string, string> rows, string? keys = null) =>
        Warehouse.ExecuteAsync(Script(contract, plan, bench.Audit(contract, plan, rows, keys)), Bench.None);

    public async Task<string> TextAsync(string sql) => string.Join("; ", (await Warehouse.QueryAsync(sql, Bench.None)).Select(row => string.Join(",", row.Select(Text))));

    public virtual ValueTask DisposeAsync() => bench.DisposeAsync();

    private static string? Text(object? value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
}
