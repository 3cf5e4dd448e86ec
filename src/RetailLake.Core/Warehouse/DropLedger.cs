using RetailLake.Core.Drops;
using RetailLake.Core.Runs;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Warehouse;

/// <summary>Reads <c>ops.drop_ledger</c>: one row for each drop that a load has taken, refused or recognised.</summary>
public sealed class DropLedger(IWarehouse warehouse) : IDropHistory
{
    /// <summary>Values of one IN list: of 64 hex digits each, far below the 100 KB of a statement.</summary>
    private const int Chunk = 1_000;

    private readonly SqlDialect sql = warehouse.Dialect;

    /// <summary>SQL: ledger row <paramref name="l"/> says what became of staged drop <paramref name="d"/>, in the release that was staged.</summary>
    internal static string Settles(string l, string d) =>
        $"{l}.drop_id = {d}.drop_id AND {ReleaseOf(l)} = {d}.release_number AND {IsSettled(l)}";

    /// <summary>The row says what became of a drop, and not that it may be loaded once more. The oldest rows have no outcome.</summary>
    internal static string IsSettled(string l) => $"COALESCE({l}.outcome, '') <> '{DropOutcome.Released}'";

    /// <summary>Rows of before the first migration to releases have no number.</summary>
    internal static string ReleaseOf(string l) => $"COALESCE({l}.release_number, 0)";

    public async Task<IReadOnlySet<string>> KnownAsync(string contract, IReadOnlyCollection<string> recordIds, CancellationToken cancellationToken)
    {
        var asked = recordIds.Select(record => (Record: record, Drop: DropIds.Read(record) ?? throw new ArgumentException($"'{record}' is no record id.", nameof(recordIds)))).ToList();
        var rows = await InListsAsync(
            $"drop_id, {ReleaseOf("drop_ledger")}, outcome", contract, "drop_id", [.. asked.Select(one => one.Drop.Id).Distinct(StringComparer.Ordinal)], "", cancellationToken);
        var told = rows.ToLookup(row => DropIds.OfRelease((string)row[0]!, (int)Whole(row[1])), row => (string?)row[2], StringComparer.Ordinal);
        return asked.Where(one => !IsOpen(one.Drop.Release, [.. told[one.Record]])).Select(one => one.Record).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A delivery that nothing is told of, or a release that is told and not yet what came of it.</summary>
    private static bool IsOpen(int release, IReadOnlyList<string?> outcomes) => outcomes is [] ? release == 0 : outcomes is [DropOutcome.Released];

    public async Task<IReadOnlyList<LoadedDrop>> WithContentAsync(string contract, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken) =>
        [.. (await InListsAsync("drop_id, sha256, file, version", contract, "sha256", sha256, $" AND outcome = '{DropOutcome.Loaded}'", cancellationToken))
            .Select(row => new LoadedDrop((string)row[0]!, (string)row[1]!, Whole(row[2]), Whole(row[3])))];

    /// <summary>Whether other executions have told the ledger of every drop that this one would load: nothing is left to do.</summary>
    internal async Task<bool> IsOvertakenAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var decisive = Decisive(plan);
        var told = await InListsAsync(
            $"drop_id, {ReleaseOf("drop_ledger")}", plan.Contract, "drop_id", [.. decisive.Select(drop => drop.Id)],
            $" AND {IsSettled("drop_ledger")} AND execution <> {sql.Text(plan.Execution)}", cancellationToken);
        var known = told.Select(row => DropIds.OfRelease((string)row[0]!, (int)Whole(row[1]))).ToHashSet(StringComparer.Ordinal);
        return decisive.Count > 0 && decisive.All(drop => known.Contains(drop.RecordId));
    }

    /// <summary>Duplicates count only in a run that has nothing else.</summary>
    private static List<DropRef> Decisive(RunPlan plan)
    {
        List<DropRef> taken = [.. plan.Drops];
        return taken.Count > 0 ? taken : [.. plan.Duplicates.Select(duplicate => duplicate.Drop)];
    }

    private async Task<List<IReadOnlyList<object?>>> InListsAsync(
        string columns, string contract, string column, IReadOnlyCollection<string> values, string and, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<object?>> rows = [];
        foreach (var chunk in values.Chunk(Chunk))
        {
            rows.AddRange(await warehouse.QueryAsync(
                $"SELECT {columns} FROM {sql.OpsTable(OpsTables.Drops)} WHERE contract = {sql.Text(contract)} AND {column} IN ({string.Join(", ", chunk.Select(sql.Text))}){and}", cancellationToken));
        }

        return rows;
    }
}
