using System.Globalization;
using RetailLake.Core.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>Reads <c>ops.drop_ledger</c>: one row for each drop that a load has taken, refused or recognised.</summary>
public sealed class DropLedger(IWarehouse warehouse) : IDropHistory
{
    /// <summary>Values of one IN list: of 64 hex digits each, far below the 100 KB of a statement.</summary>
    private const int Chunk = 1_000;

    private readonly SqlDialect sql = warehouse.Dialect;

    public async Task<IReadOnlySet<string>> KnownAsync(string contract, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await InListsAsync("drop_id", contract, "drop_id", ids, "", cancellationToken)).Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);

    public async Task<IReadOnlyList<LoadedDrop>> WithContentAsync(string contract, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken) =>
        [.. (await InListsAsync("drop_id, sha256, file, version", contract, "sha256", sha256, $" AND outcome = '{DropOutcome.Loaded}'", cancellationToken))
            .Select(row => new LoadedDrop((string)row[0]!, (string)row[1]!, Whole(row[2]), Whole(row[3])))];

    /// <summary>Whether other executions have told the ledger of every drop that this one would load: nothing is left to do.</summary>
    internal async Task<bool> IsOvertakenAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var ids = Decisive(plan);
        var known = await InListsAsync("drop_id", plan.Contract, "drop_id", ids, $" AND execution <> {sql.Text(plan.Execution)}", cancellationToken);
        return ids.Count > 0 && known.Select(row => (string)row[0]!).Distinct(StringComparer.Ordinal).Count() == ids.Count;
    }

    /// <summary>Duplicates count only in a run that has nothing else.</summary>
    private static List<string> Decisive(RunPlan plan)
    {
        List<string> taken = [.. plan.Drops.Select(drop => drop.Id)];
        return taken.Count > 0 ? taken : [.. plan.Duplicates.Select(duplicate => duplicate.Drop.Id)];
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

    private static long Whole(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
