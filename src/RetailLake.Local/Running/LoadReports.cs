using System.Globalization;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.Running;

/// <summary>Reads loads from <c>ops.load_ledger</c>, <c>ops.load_balance</c>, <c>ops.drop_ledger</c> and <c>ops.export_ledger</c>, and does the sums again.</summary>
public sealed class LoadReports(IWarehouse warehouse, DropReports drops)
{
    private static readonly string[] Hops =
        ["source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published"];

    /// <param name="contract">Null: of all contracts.</param>
    /// <returns>The latest first; empty when the warehouse has no ledger yet.</returns>
    public Task<IReadOnlyList<LoadReport>> LatestAsync(string? contract, int limit, CancellationToken cancellationToken) =>
        ReadAsync(contract is null ? "true" : $"l.contract = {Text(contract)}", limit, cancellationToken);

    public async Task<LoadReport?> OfExecutionAsync(string contract, string execution, CancellationToken cancellationToken) =>
        (await ReadAsync($"l.contract = {Text(contract)} AND l.execution = {Text(execution)}", 1, cancellationToken)) is [var load, ..] ? load : null;

    private async Task<IReadOnlyList<LoadReport>> ReadAsync(string where, int limit, CancellationToken cancellationToken)
    {
        if (Long((await warehouse.QueryAsync("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'ops' AND table_name = 'load_ledger'", cancellationToken))[0][0]) == 0)
        {
            return [];
        }

        var hops = string.Join(", ", Hops.Select(hop => $"l.\"{hop}\""));
        var rows = await warehouse.QueryAsync(
            $"SELECT l.work_id, l.contract, l.execution, l.ordinal, l.mode, l.window_lo, l.window_hi, l.loaded_at, e.row_count + e.deleted_count, e.state, e.file, {hops} " +
            "FROM ops.load_ledger l LEFT JOIN ops.export_ledger e ON e.contract = l.contract AND e.sequence = l.export_sequence " +
            string.Create(CultureInfo.InvariantCulture, $"WHERE {where} ORDER BY l.loaded_at DESC, l.ordinal DESC LIMIT {limit}"), cancellationToken);
        var counts = await drops.CountsAsync([.. rows.Where(row => (string)row[4]! == "drops").Select(row => (string)row[0]!)], cancellationToken);
        var loads = new List<LoadReport>(rows.Count);
        foreach (var row in rows)
        {
            var measures = await MeasuresAsync((string)row[0]!, cancellationToken);
            loads.Add(new(
                (string)row[0]!, (string)row[1]!, (string)row[2]!, Long(row[3]), (string)row[4]!, Utc(row[5]), Utc(row[6]), Utc(row[7])!.Value,
                Hops.Select((hop, index) => (hop, Value: Long(row[11 + index]))).ToDictionary(pair => pair.hop, pair => pair.Value, StringComparer.Ordinal),
                row[8] is null ? null : Long(row[8]), (string?)row[9], (string?)row[10], measures, [.. measures.SelectMany(LoadBooks.Imbalances)])
            {
                Drops = counts.GetValueOrDefault((string)row[0]!),
            });
        }

        return loads;
    }

    private async Task<IReadOnlyList<MeasureReport>> MeasuresAsync(string workId, CancellationToken cancellationToken)
    {
        var hops = string.Join(", ", Hops.Select(hop => $"\"{hop}\""));
        var rows = await warehouse.QueryAsync($"SELECT table_name, measure, {hops} FROM ops.load_balance WHERE work_id = {Text(workId)} ORDER BY table_name, measure <> 'rows', measure", cancellationToken);
        return [.. rows.Select(row => new MeasureReport((string)row[0]!, (string)row[1]!, Hops
            .Select((hop, index) => (hop, Value: Convert.ToDecimal(row[index + 2] ?? 0m, CultureInfo.InvariantCulture)))
            .ToDictionary(pair => pair.hop, pair => pair.Value, StringComparer.Ordinal)))];
    }

    private string Text(string value) => warehouse.Dialect.Text(value);

    private static long Long(object? value) => value is null ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Utc(object? value) => value is DateTime time ? new(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
}
