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
        var planned = string.Join(" UNION ALL ", load.Audit.Partitions.Select(part =>
            $"SELECT {Partition(sql, part.Planned)}, {Whole(part.Planned.Position ?? PlanPartition.Nowhere)} AS from_offset"));
        return $"SELECT {sql.Hop(LoadErrors.NotOvertaken)}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM ({planned}) p LEFT JOIN (\n" +
            $"  {Positions(sql, load.Contract.Id)}\n) l ON l.topic = p.topic AND l.partition_number = p.partition_number WHERE COALESCE(l.next_offset, {PlanPartition.Nowhere}) <> p.from_offset) AS found";
    }

    /// <summary>What no reader may give: a change of a document's child.</summary>
    public static IEnumerable<string> Checks(LoadBatch load) => load.Contract.IsDocument ? load.Tables.Where(table => !table.IsParent).Select(table =>
        $"SELECT {load.Sql.Hop($"changes of single rows in {table.Name}")}, {load.Sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {table.Stage} s WHERE s.{table.Q(Drops.DropRef.ChangeColumn)} <> 0) AS found") : [];

    public static string Enter(LoadBatch load)
    {
        var (sql, plan) = (load.Sql, load.Plan);
        var rows = string.Join("\n  UNION ALL ", load.Audit.Partitions.Select(part =>
            $"SELECT {Partition(sql, part.Planned)}, {(part.Planned.Position is { } position ? Whole(position) : "CAST(NULL AS BIGINT)")} AS from_offset, {Whole(part.Planned.First)} AS first_offset, " +
            $"{Whole(part.Planned.Last)} AS last_offset, {Whole(part.Planned.Last + 1)} AS next_offset, {Whole(part.Records)} AS records, {Whole(part.Skipped)} AS skipped_records, {Whole(part.Gaps)} AS gaps, " +
            $"{sql.TimestampOrNull(Time(part.FirstEvent))} AS first_event_at, {sql.TimestampOrNull(Time(part.LastEvent))} AS last_event_at"));
        const string columns = "topic, partition_number, from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at";
        return $"INSERT INTO {sql.OpsTable(OpsTables.Streams)} (contract, work_id, execution, loaded_at, {columns})\n" +
            $"SELECT {sql.Text(load.Contract.Id)}, {sql.Text(plan.WorkId)}, {sql.Text(plan.Execution)}, {sql.Timestamp(load.LoadedAt)}, {columns} FROM (\n  {rows}\n) p";
    }

    public static string Positions(SqlDialect sql, string contract) =>
        $"SELECT topic, partition_number, MAX(next_offset) AS next_offset FROM {sql.OpsTable(OpsTables.Streams)} WHERE contract = {sql.Text(contract)} GROUP BY topic, partition_number";

    private static string Partition(SqlDialect sql, PlanPartition part) => $"CAST({sql.Text(part.Topic)} AS VARCHAR(249)) AS topic, {Whole(part.Partition)} AS partition_number";

    private static string Whole(long value) => $"CAST({value.ToString(CultureInfo.InvariantCulture)} AS BIGINT)";

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(known, 0, 253_402_300_799_999)) : null;
}
