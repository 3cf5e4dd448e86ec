using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Quarantine;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse;

/// <param name="Values">SQL: <c>1, 'S1', 9.5</c>, in the order of the table's columns.</param>
/// <param name="Measure">The value of the table's only control total.</param>
internal sealed record DropRow(string Table, string Values, decimal Measure);

/// <summary>A delivered file; equal rows are equal bytes.</summary>
internal sealed record TestDrop(string Name, long Version, params IReadOnlyList<DropRow> Rows)
{
    /// <summary>Lands as refused.</summary>
    public bool IsTorn { get; init; }

    /// <summary>Shop and day that headers tell, in SQL as they stand in rows; a day that has rows need not be told.</summary>
    public IReadOnlyList<(string Store, string Day)> Told { get; init; } = [];

    public byte[] Content => Encoding.UTF8.GetBytes(
        string.Join('\n', Rows.Select(row => $"{row.Table}:{row.Values}")) + (IsTorn ? "torn" : "") + string.Concat(Told.Select(scope => $"\n{scope.Store}, {scope.Day}")));

    public DropRef Ref(Contract contract)
    {
        var content = Content;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        return new(
            DropIds.Of(contract.Id, Name, sha256, Version), Name, new(DropRecords.LandingKey(contract.Source, contract.Feed, sha256), content.Length, sha256),
            Version, DateTimeOffset.UnixEpoch.AddHours(Version));
    }
}

/// <summary>A lake and a warehouse for one feed of files: real planner, audit and load; only reading and encoding are played.</summary>
internal sealed class DropLake(Contract contract, Bench bench) : IAsyncDisposable
{
    private readonly Dictionary<string, TestDrop> sent = new(StringComparer.Ordinal);

    public Contract Contract => contract;

    /// <summary>What the contract makes of a drop; another one is a contract that reads it wrongly.</summary>
    public Func<TestDrop, TestDrop> Reading { get; set; } = drop => drop;

    public DropReleases Releases => new(Lake, bench.Warehouse, TimeProvider.System);

    public Bench Bench => bench;

    public ILake Lake { get; } = new FileSystemLake($"file://{bench.Home}");

    public static async Task<DropLake> OpenAsync(Contract contract) => new(contract, await Bench.MigratedAsync(contract));

    /// <summary>Writes the drops' records, as taking in does.</summary>
    public async Task ArriveAsync(params IEnumerable<TestDrop> drops)
    {
        foreach (var drop in drops)
        {
            var arrived = drop.Ref(contract);
            sent[arrived.Id] = drop;
            await Lake.PutIfAbsentAsync(arrived.Object.Key, drop.Content, Bench.None);
            await DropRecords.WriteAsync(Lake, new(arrived, contract.Id, "stable", Bench.Start), Bench.None);
        }
    }

    public async Task<RunPlan> PlanAsync(string execution)
    {
        var planner = new RunPlanner(Lake, [new DropSource(new(Lake), (_, _, _, _, _, _) => throw new InvalidOperationException("Nothing lands here."))]);
        return (await planner.PlanAsync(contract, execution, Bench.Start, () => throw new InvalidOperationException("Drops have no windows."), new(new DropLedger(bench.Warehouse), null), again: null, Bench.None)).Plan;
    }

    public async Task<AuditReport> AuditAsync(RunPlan plan)
    {
        var run = new Run(plan, contract, RunKeys.Of(plan));
        foreach (var slice in plan.Slices)
        {
            await LandAsync(run, slice);
        }

        return await new RunAudit(Lake).JudgeAsync(run, Bench.None);
    }

    public async Task<IReadOnlyList<string>> ScriptAsync(RunPlan plan) => bench.Script(contract, plan, await AuditAsync(plan));

    public async Task LoadAsync(RunPlan plan) => await bench.Warehouse.ExecuteAsync(await ScriptAsync(plan), Bench.None);

    /// <summary>Drops arrive, are planned, loaded, and their records deleted.</summary>
    public async Task<RunPlan> TakeAsync(string execution, params IEnumerable<TestDrop> drops)
    {
        await ArriveAsync(drops);
        return await TakeWaitingAsync(execution);
    }

    /// <summary>The ledger's last word of these drops is that they may be loaded again.</summary>
    public async Task<IReadOnlyList<DropRef>> ReleaseAsync(params IEnumerable<TestDrop> drops)
    {
        List<ToldDrop> told = [];
        foreach (var drop in drops)
        {
            told.Add((await Releases.NamedAsync(contract, drop.Ref(contract).Id, Bench.None)).Single());
        }

        return await Releases.ReleaseAsync(contract, told, "asha", Bench.None);
    }

    /// <summary>As <see cref="TakeAsync"/>, of drops that wait already.</summary>
    public async Task<RunPlan> TakeWaitingAsync(string execution)
    {
        var plan = await PlanAsync(execution);
        if (plan.Slices.Count > 0)
        {
            await LoadAsync(plan);
        }

        foreach (var drop in plan.Drops.Concat(plan.Duplicates.Select(duplicate => duplicate.Drop)))
        {
            await DropRecords.DeleteAsync(Lake, contract.Source, contract.Feed, drop.RecordId, Bench.None);
        }

        return plan;
    }

    public Task<string> TextAsync(string sql) => bench.TextAsync(sql);

    /// <summary>All rows of all tables but for what depends on the run.</summary>
    public async Task<string> DumpAsync()
    {
        var tables = new List<string>();
        foreach (var table in contract.Tables)
        {
            var columns = string.Join(", ", table.Columns.Select(column => $"CAST(\"{column.Name}\" AS VARCHAR)"));
            tables.Add($"{table.Name}\n" + (await bench.TextAsync($"SELECT {columns}, _version, _drop, _file FROM {contract.Source}.\"{table.Name}\" ORDER BY ALL")).Replace("; ", "\n", StringComparison.Ordinal));
        }

        return string.Join('\n', tables);
    }

    public Task<string> OutcomesAsync() => bench.TextAsync("SELECT name, version, outcome FROM ops.drop_ledger ORDER BY version, name");

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private TestDrop Read(DropRef drop) => Reading(sent[drop.Id]);

    /// <summary>What LandSlice, ValidateSlice and TransformSlice leave of a slice.</summary>
    private async Task LandAsync(Run run, PlanSlice slice)
    {
        var landed = slice.Drops!.Select(drop => Landed(drop, Read(drop))).ToList();
        List<CuratedTable> files = [];
        List<ValidatedTable> validated = [];
        List<TableTotals> totals = [];
        foreach (var table in contract.Tables)
        {
            var rows = slice.Drops!.Where(drop => !Read(drop).IsTorn).SelectMany(drop => Read(drop).Rows.Where(row => row.Table == table.Name).Select(row => (drop, row))).ToList();
            if (rows.Count > 0)
            {
                var values = string.Join(", ", rows.Select(pair => string.Create(CultureInfo.InvariantCulture, $"({pair.row.Values}, {pair.drop.FileNumber}, {pair.drop.Number}, {pair.drop.Version})")));
                files.Add(bench.File(contract, table, values, staged: [.. table.Columns, .. DropOrder.Origin.Select(TableShape.Whole)]));
            }

            totals.Add(Totals(table, rows.Select(pair => pair.row)));
            validated.Add(new(table.Name, rows.Count, rows.Count, 0, null, null, new Dictionary<string, long>(), new Dictionary<string, long>()));
        }

        var none = contract.Tables.Select(table => Totals(table, [])).ToList();
        await Lake.WriteOnceAsync(run.Keys.Landed(slice.Number), new LandedManifest(slice.Number, [], totals, totals) { Drops = landed }, Bench.None);
        await Lake.WriteOnceAsync(run.Keys.Validated(slice.Number), new ValidatedManifest(slice.Number, validated, totals, none), Bench.None);
        await Lake.WriteOnceAsync(run.Keys.Curated(slice.Number), new CuratedManifest(slice.Number, files, totals), Bench.None);
    }

    private LandedDrop Landed(DropRef drop, TestDrop rows) => rows.IsTorn
        ? new(drop, [], new Dictionary<string, long>(), new(DropRefusalCode.Torn, "Found the end of the file in the middle of a record."))
        : new(drop, [.. contract.Tables.Select(table => Totals(table, rows.Rows.Where(row => row.Table == table.Name)))], new Dictionary<string, long>())
        {
            Scopes = rows.Told.Count == 0 ? null : [.. rows.Told.Select(scope => (string[])[scope.Store.Trim('\''), scope.Day.Trim('\'')])],
        };

    private static TableTotals Totals(ContractTable table, IEnumerable<DropRow> rows)
    {
        List<DropRow> all = [.. rows];
        return new(table.Name, all.Count, table.Columns.Where(column => column.ControlTotal).ToDictionary(column => column.Name, _ => all.Sum(row => row.Measure)));
    }
}
