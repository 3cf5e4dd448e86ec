using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Runs;

/// <summary>Judges the whole run before anything of it is loaded: every slice is there, the books balance, the reject budget and the table rules hold.</summary>
public sealed class RunAudit(ILake lake)
{
    public async Task<AuditReport> JudgeAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var slices = new List<AuditedSlice>(run.Plan.Slices.Count);
        foreach (var slice in run.Plan.Slices)
        {
            slices.Add(new(
                slice,
                await lake.ReadAsync<LandedManifest>(run.Keys.Landed(slice.Number), cancellationToken),
                await lake.ReadAsync<ValidatedManifest>(run.Keys.Validated(slice.Number), cancellationToken),
                await lake.ReadAsync<CuratedManifest>(run.Keys.Curated(slice.Number), cancellationToken)));
        }

        var landed = slices.Select(slice => (slice.Plan, slice.Landed)).ToList();
        var (drops, left) = run.Contract.Stream is null ? RunDrops.Of(run, landed) : ([], []);
        var rows = slices.Where(slice => slice.Plan.Kind != SliceKind.Keys).ToList();
        var tables = run.Contract.Tables.Select(table => Audit(run, table, rows, slices)).ToList();
        Budget(run, tables, rows);

        // Where no drop was taken there is nothing that a rule could be about.
        var isThere = run.Contract.Drop is null ? run.Contract.Stream is null || tables.Any(table => table.Landed.Rows > 0) : drops.Any(drop => drop.Outcome == DropOutcome.Loaded);
        var judged = isThere ? run.Contract.Tables.Zip(tables) : [];
        foreach (var (table, audited) in judged)
        {
            TableRules.Judge(run, table, audited, [.. rows.Select(slice => slice.Validated.Tables.First(validated => validated.Table == table.Name))]);
        }

        return new(run.Plan.WorkId, tables, slices.Count != rows.Count)
        {
            Drops = run.Contract.Drop is null ? null : await DropStage.WriteAsync(lake, run, drops, left, cancellationToken),
            Partitions = run.Contract.Stream is null ? [] : RunStreams.Of(run, landed),
        };
    }

    private static AuditedTable Audit(Run run, ContractTable table, List<AuditedSlice> rows, List<AuditedSlice> slices)
    {
        var totals = table.Columns.Where(column => column.ControlTotal).Select(column => column.Name).ToList();
        var source = Total(rows.Select(slice => slice.Landed.Source));
        var landed = Total(rows.Select(slice => slice.Landed.Landed));
        var valid = Total(rows.Select(slice => slice.Validated.Valid));
        var rejected = Total(rows.Select(slice => slice.Validated.Rejected));
        var curated = Total(rows.Select(slice => slice.Curated.Curated));
        RunBooks.Balance(run, table.Name, "source = landed", source, landed);
        RunBooks.Balance(run, table.Name, "landed = valid + rejected", landed, RunBooks.Add(valid, rejected));
        RunBooks.Balance(run, table.Name, "valid = curated", valid, curated);
        var keys = slices.SelectMany(slice => slice.Curated.Tables)
            .Where(file => file.Table == table.Name && file.Kind == SliceKind.Keys).ToList();
        return new(
            table.Name, source, landed, valid, rejected,
            [.. rows.SelectMany(slice => slice.Curated.Tables).Where(file => file.Table == table.Name && file.Rows > 0)],
            keys, keys.Sum(file => file.Rows));

        TableTotals Total(IEnumerable<IReadOnlyList<TableTotals>> perSlice) =>
            RunBooks.Sum(table.Name, totals, perSlice.Select(tables => tables.FirstOrDefault(t => t.Table == table.Name)).OfType<TableTotals>());
    }

    private static void Budget(Run run, List<AuditedTable> tables, List<AuditedSlice> slices)
    {
        var landed = tables.Sum(table => table.Landed.Rows);
        var rejected = tables.Sum(table => table.Rejected.Rows);
        if (rejected <= run.Contract.RejectBudgetRows || rejected * 100m <= run.Contract.RejectBudgetPercent * landed)
        {
            return;
        }

        var reasons = slices.SelectMany(slice => slice.Validated.Tables).SelectMany(table => table.Reasons)
            .GroupBy(reason => reason.Key, reason => reason.Value).OrderByDescending(group => group.Sum()).Take(5)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} ({group.Sum():N0})"));
        throw new RejectBudgetExceededException(
            string.Create(CultureInfo.InvariantCulture, $"Found {rejected:N0} rejects in {landed:N0} landed rows of '{run.Contract.Id}' ({rejected * 100m / landed:0.##} %), above the contract's budget of {run.Contract.RejectBudgetPercent:0.##} %; most by {string.Join(", ", reasons)}."),
            "Nothing of this execution was published; rejects are in quarantine, landing is kept.",
            $"Look at them with 'lake quarantine show {run.Plan.Execution}', mend the source or the contract, then 'lake rerun {run.Plan.Execution}'.");
    }

    private sealed record AuditedSlice(PlanSlice Plan, LandedManifest Landed, ValidatedManifest Validated, CuratedManifest Curated);
}
