using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>A lake and a warehouse for one feed of topics: everything from LandPosEvents' segments to the load is real, but for the form of the records.</summary>
internal sealed class StreamLake(Contract contract, Bench bench, IDropReaders readers) : IAsyncDisposable
{
    private static readonly PersonalTokens Tokens = new("0123456789abcdef0123456789abcdef"u8);

    private int loads;

    public Contract Contract => contract;

    public Bench Bench => bench;

    public ILake Lake { get; } = new FileSystemLake($"file://{bench.Home}");

    public LedgerQueries Ledger => new(bench.Warehouse);

    /// <summary>Each load is so much later than the one before.</summary>
    public TimeSpan Step { get; set; } = TimeSpan.FromMinutes(1);

    public static async Task<StreamLake> OpenAsync(Contract contract, IDropReaders? readers = null) => new(contract, await Bench.MigratedAsync(contract), readers ?? new ChangeReaders());

    public Task LandAsync(TopicPartition of, params IEnumerable<StreamRecord> records) => new SegmentLander(Lake).LandAsync(contract, of, records, default);

    public async Task<RunPlan> PlanAsync(string execution)
    {
        var planner = new RunPlanner(Lake, [new StreamSource(new(Lake), new(() => new(readers)))]);
        return (await planner.PlanAsync(contract, execution, Bench.Start, () => throw new InvalidOperationException("Topics have no windows."), new TakenBefore(null, new StreamLedger(bench.Warehouse)), null, default)).Plan;
    }

    /// <summary>LandSlice, ValidateSlice, TransformSlice and AuditRun.</summary>
    public async Task<AuditReport> AuditAsync(RunPlan plan)
    {
        var run = new Run(plan, contract, RunKeys.Of(plan));
        var source = new StreamSource(new(Lake), new(() => new(readers)));
        foreach (var slice in plan.Slices)
        {
            if (await Lake.LengthAsync(run.Keys.Curated(slice.Number), default) is not null)
            {
                continue;
            }

            var landed = await source.LandAsync(contract, plan, slice, Lake, "a", default);
            (landed, _) = await Lake.WriteOnceAsync(run.Keys.Landed(slice.Number), landed, default);
            (var validated, _) = await Lake.WriteOnceAsync(run.Keys.Validated(slice.Number), await new DropValidator(Lake, contract, run.Keys, Tokens, readers).ValidateAsync(landed, "a", default), default);
            await Lake.WriteOnceAsync(run.Keys.Curated(slice.Number), await new DropEncoder(Lake, contract, run.Keys, Tokens, readers).EncodeAsync(landed, validated, "a", default), default);
        }

        return await new RunAudit(Lake).JudgeAsync(run, default);
    }

    public async Task<IReadOnlyList<string>> ScriptAsync(RunPlan plan) =>
        LoadScript.For(contract, plan, await AuditAsync(plan), bench.Warehouse.Dialect, new(Lake.Locate, Bench.Start + (++loads * Step)));

    public async Task LoadAsync(RunPlan plan)
    {
        foreach (var statement in new[] { await ScriptAsync(plan) })
        {
            await bench.Warehouse.ExecuteAsync(statement, default);
        }
    }

    public async Task<RunPlan> TakeAsync(string execution)
    {
        var plan = await PlanAsync(execution);
        if (plan.Slices.Count > 0)
        {
            await LoadAsync(plan);
        }

        return plan;
    }

    public Task<string> TextAsync(string sql) => bench.TextAsync(sql);

    /// <summary>All rows of all tables but for what depends on the run: <c>table|field|field</c>, in order.</summary>
    public async Task<string> DumpAsync()
    {
        List<string> lines = [];
        foreach (var table in contract.Tables)
        {
            var columns = string.Join(", ", table.Columns.Select(column => $"CAST(\"{column.Name}\" AS VARCHAR)"));
            var rows = await bench.Warehouse.QueryAsync($"SELECT {columns} FROM {contract.Source}.\"{table.Name}\"", default);
            lines.AddRange(rows.Select(row => $"{table.Name}|{string.Join('|', row.Select(value => value ?? "~"))}"));
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();
}
