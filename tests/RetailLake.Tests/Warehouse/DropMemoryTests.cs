using System.Diagnostics;
using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Warehouse;

/// <summary>One file of millions of lines, its correction, and its oldest version that comes last, within 256 MB of the warehouse.</summary>
public sealed class DropMemoryTests(ITestOutputHelper output)
{
    private static readonly int Lines = Soak.Count(5_000_000, 20_000);
    private static readonly Contract Bill = DropSamples.Bill(DropScope.File);

    [Fact]
    public async Task LargeFile_IsLoadedCorrectedAndNotOverwritten()
    {
        await using var bench = await Bench.MigratedAsync(Bill);

        await LoadAsync(bench, ordinal: 1, version: 2, bills: Lines / 4);
        await LoadAsync(bench, ordinal: 2, version: 3, bills: (Lines / 4) - 100);
        await LoadAsync(bench, ordinal: 3, version: 1, bills: Lines / 4);

        (await bench.TextAsync("SELECT COUNT(*), MIN(_version), MAX(_version) FROM crt.line")).Should().Be($"{Lines - 400},3,3");
        (await bench.TextAsync("SELECT ordinal, inserted, replaced, superseded, swept FROM ops.load_ledger ORDER BY 1")).Should().Be(
            string.Create(CultureInfo.InvariantCulture, $"1,{Lines / 4 * 5},0,0,0; 2,0,{(Lines / 4 * 5) - 500},0,500; 3,0,0,{Lines / 4 * 5},0"));
    }

    private async Task LoadAsync(Bench bench, long ordinal, long version, int bills)
    {
        var clock = Stopwatch.StartNew();
        var drop = new TestDrop("sales.txt", version, new DropRow("bill", $"{version}", 0)).Ref(Bill);
        var plan = Bench.Plan(Bill, ordinal) with { Slices = [new(1, SliceKind.Drops, null, null, 0) { Drops = [drop] }] };
        var origin = $"{drop.FileNumber} AS f, {drop.Number} AS d, {drop.Version} AS v";
        var tables = new[]
        {
            Audited(bench, "bill", bills, 7m, $"SELECT r, 'S1', '2026-11-21', 7, {origin} FROM range({bills}) t(r)"),
            Audited(bench, "line", 4L * bills, version, $"SELECT r // 4, r % 4, 'S1', '2026-11-21', {version}, {origin} FROM range({4L * bills}) t(r)"),
            Audited(bench, "tender", 0, 0, null),
        };
        var lake = new FileSystemLake($"file://{bench.Home}");
        var drops = await DropStage.WriteAsync(lake, new(plan, Bill, RunKeys.Of(plan)), [new(drop, DropOutcome.Loaded, null, null, 5L * bills, 0)], [], Bench.None);
        var script = bench.Script(Bill, plan, new(plan.WorkId, tables, HasKeySweep: false) { Drops = drops });
        output.WriteLine($"load {ordinal}: written after {clock.Elapsed.TotalSeconds:0.0} s");
        await bench.Warehouse.ExecuteAsync(script, Bench.None);
        output.WriteLine($"load {ordinal}: loaded after {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static AuditedTable Audited(Bench bench, string name, long rows, decimal each, string? query)
    {
        var table = Bill.Tables.Single(candidate => candidate.Name == name);
        var sums = table.Columns.Where(column => column.ControlTotal).ToDictionary(column => column.Name, _ => rows * each);
        TableTotals totals = new(name, rows, sums);
        TableTotals none = new(name, 0, sums.ToDictionary(pair => pair.Key, _ => 0m));
        return new(name, totals, totals, totals, none, query is null ? [] : [bench.File(Bill, table, query, staged: [.. table.Columns, .. DropOrder.Origin.Select(TableShape.Whole)])], [], 0);
    }
}
