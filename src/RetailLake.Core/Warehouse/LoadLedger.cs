using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>What the load leaves behind beside its rows: tombstones, outbox, and the ledger row, which is last.</summary>
internal static class LoadLedger
{
    public static string? Tombstones(LoadBatch load)
    {
        if (load.Tombstones is not { } tombstones)
        {
            return null;
        }

        var parent = load.Parent;
        var key = parent.Contract.Key;
        var origin = load.Contract.Drop is null ? [] : DropOrder.Origin;
        var deleted = $"INSERT INTO {tombstones} ({parent.Names([.. key, .. origin, LoadTable.Run])})\n" +
            $"SELECT {parent.List("o", [.. key, .. origin])}, {parent.RunText} FROM {parent.Odd} o WHERE o.{parent.Q(LoadTable.CopyNumber)} = 1 AND o.{parent.Q(LoadTable.Fate)} = 'deleted'";

        // What a drop no longer holds stays away by the floor of its scope.
        return load.Contract.Drop is not null ? deleted : deleted +
            $"\nUNION ALL SELECT {parent.List("l", key)}, {parent.RunText} FROM {parent.Leaving} l WHERE l.{parent.Q(LoadTable.Why)} = 'swept'";
    }

    /// <summary>Of topics: deleted keys and truncations, each with where it stands in order.</summary>
    public static IEnumerable<string> StreamTombstones(LoadBatch load) => load.Tables.Where(table => table.Tombstones is not null).Select(table =>
    {
        var columns = (IReadOnlyList<string>)[.. table.Contract.Key, .. DropOrder.Origin];
        var (row, change) = ($"SELECT {table.List("o", columns)}, {table.RunText} FROM", $"o.{table.Q(DropRef.ChangeColumn)}");
        var deleted = $"o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = 'deleted'";

        // Older children must stay away also when the deletion itself waits, or comes with what is newer. What was held before is written already: only what is staged is new.
        return $"INSERT INTO {table.Tombstones} ({table.Names([.. columns, LoadTable.Run])})\n" + (table is { IsParent: true, Held: not null }
            ? $"{row} {table.Odd} o WHERE {change} = 2 AND {deleted}\nUNION ALL {row} {table.Stage} o WHERE {change} = 1"
            : $"{row} {table.Odd} o WHERE {deleted}");
    });

    public static IEnumerable<string> Export(LoadBatch load)
    {
        if (load.Contract.Manthan is not { } manthan)
        {
            yield break;
        }

        var sql = load.Sql;
        var table = load.Tables.First(candidate => candidate.Name == manthan.Table);
        var columns = TableShape.OutboxColumns(load.Contract, manthan);
        var outbox = sql.OpsTable(TableShape.OutboxName(load.Contract, manthan));
        yield return $"INSERT INTO {outbox} ({table.Names([LoadTable.Sequence, LoadTable.Op, .. columns])})\n" +
            $"SELECT {NextSequence(load)}, 'U', {table.List("k", columns)} FROM {table.Kept(columns)} k\n" +
            $"UNION ALL SELECT {NextSequence(load)}, 'D', {table.List("l", columns)} FROM {table.Leaving} l WHERE l.{table.Q(LoadTable.Why)} <> 'replaced'";

        // Counted before it is compared: a subquery's value is joined, and with 5 M rows just written, whose number no statistics tell, that join held them in memory.
        yield return $"INSERT INTO {sql.OpsTable(OpsTables.ExportLedger)} (contract, subject, sequence, work_id, execution, state, row_count, deleted_count, deliveries)\n" +
            $"SELECT {sql.Text(load.Contract.Id)}, {sql.Text(manthan.Subject)}, {NextSequence(load)}, {sql.Text(load.Plan.WorkId)}, {sql.Text(load.Plan.Execution)}, 'pending',\n" +
            $"  COALESCE(SUM(CASE WHEN o.{table.Q(LoadTable.Op)} = 'U' THEN o.n ELSE 0 END), 0), COALESCE(SUM(CASE WHEN o.{table.Q(LoadTable.Op)} = 'D' THEN o.n ELSE 0 END), 0), 0\n" +
            $"FROM (SELECT {table.Names([LoadTable.Sequence, LoadTable.Op])}, COUNT(*) AS n FROM {outbox} GROUP BY {table.Names([LoadTable.Sequence, LoadTable.Op])}) o\n" +
            $"WHERE o.{table.Q(LoadTable.Sequence)} = {NextSequence(load)}";
    }

    public static string Row(LoadBatch load)
    {
        var sql = load.Sql;
        var plan = load.Plan;
        var contract = load.Contract;
        string[] names =
        [
            "work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof",
            "outcome", "export_sequence", "loaded_at", .. OpsTables.Hops,
        ];
        string[] values =
        [
            sql.Text(plan.WorkId), sql.Text(contract.Id), sql.Text(contract.Source), sql.Text(contract.Feed), sql.Text(plan.Execution),
            plan.Ordinal.ToString(CultureInfo.InvariantCulture), sql.Text(plan.ContractVersion), sql.Text(plan.ContractSha256), sql.Text(Mode(contract)),
            sql.TimestampOrNull(plan.Window?.Lo), sql.TimestampOrNull(plan.Window?.Hi), sql.TextOrNull(plan.Window?.Proof), "'loaded'",
            contract.Manthan is null ? "CAST(NULL AS BIGINT)" : NextSequence(load), sql.Timestamp(load.LoadedAt),
            .. OpsTables.Hops.Select(hop => $"CAST(COALESCE(SUM(b.{sql.Quote(hop)}), 0) AS BIGINT)"),
        ];
        return $"INSERT INTO {sql.OpsTable(OpsTables.Ledger)} ({string.Join(", ", names.Select(sql.Quote))})\n" +
            $"SELECT {string.Join(", ", values)}\n" +
            $"FROM {sql.OpsTable(OpsTables.Balance)} b WHERE b.work_id = {sql.Text(plan.WorkId)} AND b.measure = '{LoadTally.Rows}'";
    }

    public static string Mode(Contract contract) => contract.Drop is not null ? "drops" : contract.Stream is not null ? "stream" : contract.Extract.Mode == ExtractMode.Window ? "window" : "snapshot";

    /// <summary>Safe because the load holds the contract's lock; a gap can only mean a lost export.</summary>
    private static string NextSequence(LoadBatch load) =>
        $"(SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM {load.Sql.OpsTable(OpsTables.Ledger)} e WHERE e.contract = {load.Sql.Text(load.Contract.Id)})";
}
