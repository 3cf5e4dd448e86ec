using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.Running;

/// <summary>Drops of feeds of files: what waits in the lake, and what <c>ops.drop_ledger</c> says of the rest.</summary>
public sealed class DropReports(ILake lake, IWarehouse warehouse, ContractCatalog contracts)
{
    /// <param name="feed">A source, or <c>source.feed</c> (also with a slash); null: all.</param>
    /// <returns>
    /// Pending ones first, by feed. Then of each file's name the version that counts, and besides what was refused or is a duplicate; the latest first.
    /// </returns>
    public async Task<IReadOnlyList<DropReport>> ListAsync(string? feed, int limit, CancellationToken cancellationToken)
    {
        var id = feed?.Replace('/', '.');
        var hasLedger = await HasLedgerAsync(warehouse, cancellationToken);
        List<DropReport> drops = [];
        foreach (var contract in contracts.All.Where(contract => contract.Drop is not null && (id is null || contract.Id == id || contract.Source == id)).OrderBy(contract => contract.Id, StringComparer.Ordinal))
        {
            drops.AddRange(await PendingAsync(contract, hasLedger, limit, cancellationToken));
        }

        var waiting = drops.Select(drop => (drop.Id, drop.Releases)).ToHashSet();
        return hasLedger ? [.. drops, .. (await ToldAsync(id, limit, cancellationToken)).Where(drop => !waiting.Contains((drop.Id, drop.Releases)))] : drops;
    }

    /// <summary>What came of released drops: the ledger's row of just that release, or that it waits.</summary>
    public async Task<IReadOnlyList<DropReport>> OfReleasesAsync(string contract, IReadOnlyCollection<(string Id, int Release)> released, CancellationToken cancellationToken)
    {
        List<DropReport> told = [];
        foreach (var chunk in released.Chunk(500))
        {
            var wanted = string.Join(", ", chunk.Select(drop => warehouse.Dialect.Text(drop.Id)));
            var rows = await ToldAsync($"contract = {warehouse.Dialect.Text(contract)} AND drop_id IN ({wanted})", all: true, int.MaxValue, cancellationToken);
            told.AddRange(rows.Where(drop => chunk.Contains((drop.Id, (int)drop.Releases))));
        }

        return told;
    }

    /// <returns>Counts by work id; a load without drops has none.</returns>
    public async Task<IReadOnlyDictionary<string, DropCounts>> CountsAsync(IReadOnlyCollection<string> workIds, CancellationToken cancellationToken)
    {
        if (workIds.Count == 0)
        {
            return new Dictionary<string, DropCounts>();
        }

        var rows = await warehouse.QueryAsync(
            $"SELECT work_id, {Count("loaded")}, {Count("superseded")}, {Count("duplicate")}, {Count("refused")}, {Count("released")} FROM ops.drop_ledger WHERE work_id IN ({string.Join(", ", workIds.Select(warehouse.Dialect.Text))}) GROUP BY work_id", cancellationToken);
        return rows.ToDictionary(row => (string)row[0]!, row => new DropCounts(Long(row[1]), Long(row[2]), Long(row[3]), Long(row[4])) { Released = Long(row[5]) }, StringComparer.Ordinal);

        static string Count(string outcome) => $"SUM(CASE WHEN outcome = '{outcome}' THEN 1 ELSE 0 END)";
    }

    private async Task<IReadOnlyList<DropReport>> PendingAsync(Contract contract, bool hasLedger, int limit, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        await foreach (var id in DropRecords.ListIdsAsync(lake, contract.Source, contract.Feed, cancellationToken))
        {
            ids.Add(id);
        }

        var known = hasLedger ? await new DropLedger(warehouse).KnownAsync(contract.Id, ids, cancellationToken) : new HashSet<string>();
        List<DropReport> pending = [];
        foreach (var id in ids.Where(id => !known.Contains(id)))
        {
            if (pending.Count < limit && await DropRecords.TryReadAsync(lake, contract.Source, contract.Feed, id, cancellationToken) is { Drop: var drop } record)
            {
                pending.Add(new(contract.Id, drop.Id, drop.Name, "pending", drop.Version, drop.Object.Bytes, 0, record.Proof, null, record.ArrivedAt) { Releases = drop.Release });
            }
        }

        return pending;
    }

    private Task<IReadOnlyList<DropReport>> ToldAsync(string? feed, int limit, CancellationToken cancellationToken)
    {
        var where = feed is null ? "true" : feed.Contains('.', StringComparison.Ordinal) ? $"contract = {warehouse.Dialect.Text(feed)}" : $"contract LIKE {warehouse.Dialect.Text(Escaped(feed) + ".%")} ESCAPE '~'";
        return ToldAsync(where, all: false, limit, cancellationToken);
    }

    private async Task<IReadOnlyList<DropReport>> ToldAsync(string where, bool all, int limit, CancellationToken cancellationToken)
    {
        var rows = await warehouse.QueryAsync(
            "SELECT d.contract, d.drop_id, d.name, d.outcome, d.version, d.bytes, d.landed_rows, d.refusal_code, d.refusal_message, o.name, d.execution, d.loaded_at, d.releases, d.who FROM (\n" +
            "  SELECT *, ROW_NUMBER() OVER (PARTITION BY contract, file, CASE WHEN outcome IN ('loaded', 'superseded') THEN 1 ELSE 0 END ORDER BY version DESC, drop_number DESC) AS n FROM (\n" +
            "    SELECT *, COALESCE(release_number, 0) AS releases, ROW_NUMBER() OVER (PARTITION BY contract, drop_id ORDER BY COALESCE(release_number, 0) DESC, CASE WHEN outcome = 'released' THEN 1 ELSE 0 END) AS told,\n" +
            "      MAX(released_by) OVER (PARTITION BY contract, drop_id, COALESCE(release_number, 0)) AS who\n" +
            $"    FROM ops.drop_ledger WHERE {where}\n  ) l WHERE l.told = 1\n" +
            ") d LEFT JOIN (SELECT DISTINCT contract, drop_id, name FROM ops.drop_ledger) o ON o.contract = d.contract AND o.drop_id = d.duplicate_of\n" +
            string.Create(CultureInfo.InvariantCulture, $"WHERE {(all ? "true" : "d.n = 1")} OR d.outcome NOT IN ('loaded', 'superseded') ORDER BY d.loaded_at DESC, d.contract, d.version DESC, d.drop_id LIMIT {limit}"), cancellationToken);
        return [.. rows.Select(row => new DropReport(
            (string)row[0]!, (string)row[1]!, (string?)row[2] ?? "", (string?)row[3] ?? "", Long(row[4]), Long(row[5]), Long(row[6]),
            row[7] is string code ? $"{code}: {row[8]}" : row[9] is string original ? $"as '{original}'" : null, (string?)row[10],
            new(DateTime.SpecifyKind((DateTime)row[11]!, DateTimeKind.Utc)))
        {
            Releases = Long(row[12]),
            ReleasedBy = (string?)row[13],
        })];
    }

    /// <summary>A lake of before the last migration, or of before the first, tells nothing yet.</summary>
    internal static async Task<bool> HasLedgerAsync(IWarehouse warehouse, CancellationToken cancellationToken) => Long((await warehouse.QueryAsync(
        "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'ops' AND table_name = 'drop_ledger' AND column_name = 'release_number'", cancellationToken))[0][0]) > 0;

    private static string Escaped(string text) => text.Replace("~", "~~", StringComparison.Ordinal).Replace("%", "~%", StringComparison.Ordinal).Replace("_", "~_", StringComparison.Ordinal);

    private static long Long(object? value) => value is null ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
