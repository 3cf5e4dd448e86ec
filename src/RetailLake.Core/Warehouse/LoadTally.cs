using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>
/// The books of one load. Every figure is measured where the rows are: staged in the stage, published in the target. So that the
/// equations checked at the end can fail.
/// </summary>
internal static class LoadTally
{
    public const string Rows = "rows";
    public const string Moves = "load_moves";

    private static readonly string[] Keys = ["work_id", "execution", "contract", "table_name", "measure"];

    /// <summary>Before the target changes: what happens to staged rows, and which target rows go.</summary>
    public static string Before(LoadBatch load) =>
        $"CREATE TEMP TABLE {load.Sql.Quote(Moves)} AS\n" + string.Join("\nUNION ALL ", Each(load, (table, measure) =>
        {
            var first = $"o.{table.Q(LoadTable.CopyNumber)} = 1 AND o.{table.Q(LoadTable.Fate)} = ";
            return $"SELECT {Name(load, table.Name, "table_name")}, {Name(load, measure, "measure")}, " +
                Figure(table, measure, "o", $"{table.Odd} o WHERE o.{table.Q(LoadTable.CopyNumber)} > 1") + " AS duplicate,\n  " +
                Figure(table, measure, "o", $"{table.Odd} o WHERE {first}'superseded'") + " AS superseded, " +
                Figure(table, measure, "o", $"{table.Odd} o WHERE {first}'deleted'") + " AS deleted,\n  " +
                Figure(table, measure, "l", $"{table.Leaving} l WHERE l.{table.Q(LoadTable.Why)} = 'replaced'") + " AS replaced, " +
                Figure(table, measure, "l", $"{table.Leaving} l WHERE l.{table.Q(LoadTable.Why)} = 'swept'") + " AS swept,\n  " +
                (table.Held is { } held ? $"{Figure(table, measure, "o", $"{table.Odd} o WHERE {first}'held'")} - {Figure(table, measure, "h", $"{held} h")} AS held,\n  " : "") +
                $"CAST((SELECT COUNT(*) FROM {table.Target}) - (SELECT COUNT(*) FROM {table.Leaving}) AS DECIMAL(38,6)) AS staying";
        }));

    /// <summary>After the target has changed: the balance rows.</summary>
    public static string Balance(LoadBatch load)
    {
        var sql = load.Sql;
        var names = string.Join(", ", Keys.Concat(OpsTables.Hops).Select(sql.Quote));
        return $"INSERT INTO {sql.OpsTable(OpsTables.Balance)} ({names})\n" +
            $"SELECT {sql.Text(load.Plan.WorkId)}, {sql.Text(load.Plan.Execution)}, {sql.Text(load.Contract.Id)}, m.table_name, m.measure,\n" +
            "  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, " + (StreamTables.Holds(load.Contract) ? "m.held" : "0") + ", m.deleted, m.swept, p.published\n" +
            $"FROM {sql.Quote(Moves)} m JOIN (\n  " +
            string.Join("\n  UNION ALL ", Each(load, (table, measure) =>
            {
                var audited = load.Audited(table);
                return $"SELECT {Name(load, table.Name, "table_name")}, {Name(load, measure, "measure")}, " +
                    $"{Total(audited.Source)} AS source_total, {Total(audited.Landed)} AS landed, {Total(audited.Valid)} AS valid, {Total(audited.Rejected)} AS rejected, " +
                    $"{Staged(table, measure)} AS staged, " +
                    Figure(table, measure, "t", $"{table.Target} t WHERE t.{table.Q(LoadTable.Run)} = {table.RunText}") + " AS published";

                string Total(TableTotals totals) => sql.Number(Of(totals, measure));
            })) + "\n) p ON p.table_name = m.table_name AND p.measure = m.measure";
    }

    /// <summary>staged = inserted + replaced + superseded + duplicate + held + deleted, and the target holds what it should.</summary>
    public static string Check(LoadBatch load)
    {
        var sql = load.Sql;
        List<string> checks =
        [
            "SELECT CAST('staged = inserted + replaced + superseded + duplicate + held + deleted of ' || table_name || '.' || measure AS VARCHAR(500)) AS hop, " +
            $"staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM {sql.OpsTable(OpsTables.Balance)} WHERE work_id = {sql.Text(load.Plan.WorkId)}",
            .. load.Tables.Select(table =>
                $"SELECT {sql.Hop($"rows of {table.Name} after the load")}, " +
                $"(SELECT m.staying FROM {sql.Quote(Moves)} m WHERE m.table_name = {sql.Text(table.Name)} AND m.measure = '{Rows}') + " +
                $"(SELECT b.published FROM {sql.OpsTable(OpsTables.Balance)} b WHERE b.work_id = {sql.Text(load.Plan.WorkId)} AND b.table_name = {sql.Text(table.Name)} AND b.measure = '{Rows}') AS expected, " +
                $"(SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {table.Target}) AS found"),
            .. load.Tables.Select(table =>
                $"SELECT {sql.Hop($"one row per key in {table.Name}")}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM " +
                $"(SELECT 1 AS twice FROM {table.Leaving} GROUP BY {table.Names(table.Contract.Key)} HAVING COUNT(*) > 1) d) AS found"),
        ];
        return sql.Assert(string.Join("\nUNION ALL ", checks));
    }

    public static IEnumerable<string> MeasuresOf(LoadTable table) => table.Measures.Prepend(Rows);

    public static decimal Of(TableTotals totals, string measure) => measure == Rows ? totals.Rows : totals.Sums.GetValueOrDefault(measure);

    /// <summary>Summed where it is needed, twice: a table of it would cost a statement, and a load has none to spare.</summary>
    public static string Staged(LoadTable table, string measure) => Figure(table, measure, "s", $"{table.Stage} s");

    private static IEnumerable<string> Each(LoadBatch load, Func<LoadTable, string, string> line) =>
        load.Tables.SelectMany(table => MeasuresOf(table).Select(measure => line(table, measure)));

    private static string Figure(LoadTable table, string measure, string alias, string from) =>
        $"(SELECT CAST({(measure == Rows ? "COUNT(*)" : $"COALESCE(SUM({alias}.{table.Q(measure)}), 0)")} AS DECIMAL(38,6)) FROM {from})";

    private static string Name(LoadBatch load, string value, string name) => $"CAST({load.Sql.Text(value)} AS VARCHAR(128)) AS {name}";
}
