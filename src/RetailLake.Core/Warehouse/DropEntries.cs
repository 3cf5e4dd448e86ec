using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>The drops of a load: staged, compared with the ledger, and entered there, each id once.</summary>
internal static class DropEntries
{
    public static IEnumerable<string> Create(LoadBatch load)
    {
        var stage = load.Sql.Quote(DropStage.Table);
        return load.Sql.Stage(stage, [.. DropStage.Columns, .. DropStage.ScopeColumns(load.Contract)], "", load.FilesOf(stage));
    }

    /// <summary>Raises when other executions have told the ledger of all these drops. Duplicates count only in a run that has nothing else.</summary>
    public static string Overtaken(LoadBatch load)
    {
        var sql = load.Sql;
        var decisive = load.Plan.Drops.Any() ? $" AND d.outcome <> '{DropOutcome.Duplicate}'" : "";
        return $"SELECT {sql.Hop(LoadErrors.NotOvertaken)}, {sql.Number(0)} AS expected, " +
            "(SELECT CAST(CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END AS DECIMAL(38,6)) " +
            $"FROM {sql.Quote(DropStage.Table)} d LEFT JOIN {sql.OpsTable(OpsTables.Drops)} l ON {DropLedger.Settles("l", "d")} AND l.contract = {sql.Text(load.Contract.Id)} WHERE l.drop_id IS NULL{NoScope(load)}{decisive}) AS found";
    }

    /// <summary>Every drop is staged, and every staged row belongs to a drop that is loaded.</summary>
    public static IEnumerable<string> Checks(LoadBatch load)
    {
        var (sql, drops) = (load.Sql, load.Sql.Quote(DropStage.Table));
        yield return $"SELECT {sql.Hop("staged drops")}, {sql.Number(load.Drops.Rows)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {drops}) AS found";
        foreach (var table in load.Tables)
        {
            var origin = table.Names(DropOrder.Origin);
            yield return $"SELECT {sql.Hop($"rows of no drop in {table.Name}")}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM " +
                $"(SELECT {origin} FROM {table.Stage} GROUP BY {origin}) s LEFT JOIN {drops} d ON {IsOf("d", "s")} AND d.outcome = '{DropOutcome.Loaded}' WHERE d.drop_id IS NULL) AS found";
            if (DropScopes.ColumnsOf(load.Contract) is [not DropOrder.File, ..] scope)
            {
                yield return $"SELECT {sql.Hop($"scope without value in {table.Name}")}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {table.Stage} s WHERE " +
                    string.Join(" OR ", scope.Select(column => $"s.{table.Q(column)} IS NULL")) + ") AS found";
            }
        }
    }

    /// <summary>Before the rows are judged: what is in the ledger under another execution is known, and its rows do nothing.</summary>
    public static string Enter(LoadBatch load)
    {
        var (sql, contract) = (load.Sql, load.Sql.Text(load.Contract.Id));
        var (drops, ledger) = (sql.Quote(DropStage.Table), sql.OpsTable(OpsTables.Drops));
        var plain = DropStage.Columns.Select(column => column.Name).Where(name => name is not ("outcome" or "duplicate_of")).ToList();
        var byFile = load.Contract.Drop!.Replaces == DropScope.File;
        var outcome = byFile
            ? $"CASE WHEN d.outcome = '{DropOutcome.Loaded}' AND (c.{sql.Quote(DropOrder.Version)} > d.version OR (c.{sql.Quote(DropOrder.Version)} = d.version AND c.{sql.Quote(DropOrder.Drop)} > d.drop_number)) THEN '{DropOutcome.Superseded}' ELSE d.outcome END"
            : "d.outcome";
        return $"INSERT INTO {ledger} (contract, work_id, execution, loaded_at, outcome, duplicate_of, {string.Join(", ", plain)})\n" +
            $"SELECT {contract}, {sql.Text(load.Plan.WorkId)}, {sql.Text(load.Plan.Execution)}, {sql.Timestamp(load.LoadedAt)}, {outcome}, COALESCE(d.duplicate_of, e.original), {string.Join(", ", plain.Select(name => $"d.{name}"))}\n" +
            $"FROM {drops} d LEFT JOIN {ledger} l ON {DropLedger.Settles("l", "d")} AND l.contract = {contract}\n" +
            (byFile ? $"LEFT JOIN {sql.Quote(DropScopes.Table)} c ON c.{sql.Quote(DropOrder.File)} = d.file\n" : "") +
            $"LEFT JOIN (\n  SELECT d.drop_id, MIN(o.drop_id) AS original FROM {drops} d JOIN (\n" +
            $"    SELECT drop_id, sha256, file, version FROM {drops} WHERE outcome = '{DropOutcome.Loaded}'\n" +
            $"    UNION ALL SELECT drop_id, sha256, file, version FROM {ledger} WHERE contract = {contract} AND outcome IN ('{DropOutcome.Loaded}', '{DropOutcome.Superseded}')\n" +
            "  ) o ON o.sha256 = d.sha256 AND o.file <> d.file AND (o.version < d.version OR (o.version = d.version AND o.file < d.file))\n" +
            $"  WHERE d.outcome = '{DropOutcome.Loaded}' GROUP BY d.drop_id\n) e ON e.drop_id = d.drop_id\nWHERE l.drop_id IS NULL{NoScope(load)}";
    }

    /// <summary>Origins of staged drops that another execution has loaded.</summary>
    public static string Known(LoadBatch load)
    {
        var sql = load.Sql;
        return $"(SELECT d.file, d.drop_number, d.version FROM {sql.Quote(DropStage.Table)} d JOIN {sql.OpsTable(OpsTables.Drops)} l ON {DropLedger.Settles("l", "d")} " +
            $"WHERE l.contract = {sql.Text(load.Contract.Id)} AND l.execution <> {sql.Text(load.Plan.Execution)})";
    }

    /// <summary>Origins of staged drops that are loaded again: what they published before and hold no longer is to go. A refused one changes nothing.</summary>
    public static string Released(LoadBatch load)
    {
        var sql = load.Sql;
        return $"(SELECT d.file, d.drop_number, d.version FROM {sql.Quote(DropStage.Table)} d LEFT JOIN {sql.OpsTable(OpsTables.Drops)} l ON {DropLedger.Settles("l", "d")} " +
            $"AND l.contract = {sql.Text(load.Contract.Id)} AND l.execution <> {sql.Text(load.Plan.Execution)} WHERE d.release_number > 0 AND d.outcome = '{DropOutcome.Loaded}' AND l.drop_id IS NULL)";
    }

    /// <summary>Only drops, of the staged rows.</summary>
    private static string NoScope(LoadBatch load) => DropStage.ScopeColumns(load.Contract).Count == 0 ? "" : $" AND d.outcome <> '{DropStage.Scope}'";

    public static string IsOf(string drop, string row) =>
        $"{drop}.file = {row}.\"{DropOrder.File}\" AND {drop}.drop_number = {row}.\"{DropOrder.Drop}\" AND {drop}.version = {row}.\"{DropOrder.Version}\"";

    /// <summary>A literal, so that the warehouse sees at once that no published row can be newer than what a load usually brings.</summary>
    public static string LowestVersion(LoadBatch load) => (load.Drops.LowestVersion ?? long.MaxValue).ToString(CultureInfo.InvariantCulture);
}
