using System.Globalization;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>The offsets of a load: compared with the ledger, and entered there.</summary>
internal static class StreamEntries
{
    /// <summary>Raises when another load has moved a position since this one was planned: then its rows are there, or it would leave some out.</summary>
    public static string Overtaken(LoadBatch load)
    {
        var sql = load.Sql;
        var planned = Rows(load, ["topic", "\"partition\"", "from_offset"], part => [Topic(sql, part), Whole(part.Planned.Partition), Whole(part.Planned.Position ?? PlanPartition.Nowhere)]);
        return $"SELECT {sql.Hop(LoadErrors.NotOvertaken)}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM ({planned}) p LEFT JOIN (\n" +
            $"  {Positions(sql, load.Contract.Id)}\n) l ON l.topic = p.topic AND l.\"partition\" = p.\"partition\" WHERE COALESCE(l.next_offset, {PlanPartition.Nowhere}) <> p.from_offset) AS found";
    }

    /// <summary>What no reader may give: a change of a document's child.</summary>
    public static IEnumerable<string> Checks(LoadBatch load) => load.Contract.IsDocument ? load.Tables.Where(table => !table.IsParent).Select(table =>
        $"SELECT {load.Sql.Hop($"changes of single rows in {table.Name}")}, {load.Sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {table.Stage} s WHERE s.{table.Q(Drops.DropRef.ChangeColumn)} <> 0) AS found") : [];

    public static string Enter(LoadBatch load)
    {
        var (sql, plan) = (load.Sql, load.Plan);
        string[] columns = ["topic", "\"partition\"", "from_offset", "first_offset", "last_offset", "next_offset", "records", "skipped_records", "gaps", "first_event_at", "last_event_at"];
        var rows = Rows(load, columns, part =>
        [
            Topic(sql, part), Whole(part.Planned.Partition), part.Planned.Position is { } position ? Whole(position) : "CAST(NULL AS BIGINT)", Whole(part.Planned.First), Whole(part.Planned.Last),
            Whole(part.Planned.Last + 1), Whole(part.Records), Whole(part.Skipped), Whole(part.Gaps), sql.TimestampOrNull(Time(part.FirstEvent)), sql.TimestampOrNull(Time(part.LastEvent)),
        ]);
        var names = string.Join(", ", columns);
        return $"INSERT INTO {sql.OpsTable(OpsTables.Streams)} (contract, work_id, execution, loaded_at, {names})\n" +
            $"SELECT {sql.Text(load.Contract.Id)}, {sql.Text(plan.WorkId)}, {sql.Text(plan.Execution)}, {sql.Timestamp(load.LoadedAt)}, {names} FROM (\n  {rows}\n) p";
    }

    public static string Positions(SqlDialect sql, string contract) =>
        $"SELECT topic, \"partition\", MAX(next_offset) AS next_offset FROM {sql.OpsTable(OpsTables.Streams)} WHERE contract = {sql.Text(contract)} GROUP BY topic, \"partition\"";

    /// <summary>Names stand in the first row only: there may be a hundred partitions, and a statement has 100 KB.</summary>
    private static string Rows(LoadBatch load, IReadOnlyList<string> names, Func<AuditedPartition, IReadOnlyList<string>> values) => string.Join("\n  UNION ALL ", load.Audit.Partitions.Select((part, index) =>
        "SELECT " + string.Join(", ", index > 0 ? values(part) : names.Zip(values(part), (name, value) => $"{value} AS {name}"))));

    private static string Topic(SqlDialect sql, AuditedPartition part) => $"CAST({sql.Text(part.Planned.Topic)} AS VARCHAR(249))";

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(known, 0, 253_402_300_799_999)) : null;
}
