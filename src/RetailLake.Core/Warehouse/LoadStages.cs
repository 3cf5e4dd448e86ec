namespace RetailLake.Core.Warehouse;

/// <summary>Lock, first checks, stages and COPY.</summary>
internal static class LoadStages
{
    public const string Keys = "sweep_keys";

    /// <summary>Nobody has loaded this work, and no later load has covered it.</summary>
    public static string EarlyCheck(LoadBatch load) => load.Sql.Assert(string.Join("\nUNION ALL ", EarlyChecks(load)));

    private static List<string> EarlyChecks(LoadBatch load)
    {
        var sql = load.Sql;
        var ledger = sql.OpsTable(OpsTables.Ledger);
        return
        [
            Count(LoadErrors.NotLoadedYet, $"{ledger} WHERE work_id = {sql.Text(load.Plan.WorkId)}"),
            load.Contract.Drop is null
                ? Count(LoadErrors.NotOvertaken, $"{ledger} WHERE {LedgerQueries.Overtakes(load.Plan, load.Contract.Extract.Mode, sql)}")
                : DropEntries.Overtaken(load),
            .. load.Files.Select(entry => sql.LengthCheck(LoadErrors.StoredBytes + entry.Name, entry.Files)).OfType<string>(),
        ];

        string Count(string hop, string from) => $"SELECT {sql.Hop(hop)}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {from}) AS found";
    }

    public static IEnumerable<string> Create(LoadBatch load)
    {
        foreach (var table in load.Tables)
        {
            foreach (var statement in load.Sql.Stage(table.Stage, table.Staged, load.Sql.TableAttributes(table.Contract), load.FilesOf(table.Stage)))
            {
                yield return statement;
            }
        }

        if (load.HasKeySweep)
        {
            var parent = load.Parent.Contract;
            var keys = load.Sql.Quote(Keys);
            foreach (var statement in load.Sql.Stage(keys, [.. parent.Key.Select(parent.Column)], "", load.FilesOf(keys)))
            {
                yield return statement;
            }
        }
    }

    /// <summary>valid (from the audit) against staged (from the stage), by table and measure.</summary>
    public static string Tally(LoadBatch load) =>
        $"CREATE TEMP TABLE {load.Sql.Quote(LoadTally.Staged)} AS\n" + string.Join("\nUNION ALL ", load.Tables.SelectMany(table => Rows(load, table)));

    public static string Check(LoadBatch load)
    {
        var sql = load.Sql;
        List<string> checks =
        [
            .. load.Contract.Drop is null ? [] : EarlyChecks(load),
            $"SELECT CAST('staged ' || table_name || '.' || measure AS VARCHAR(500)) AS hop, expected, found FROM {sql.Quote(LoadTally.Staged)}",
            .. load.Tables.Select(table => $"SELECT {sql.Hop($"key without value in {table.Name}")}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {table.Stage} s WHERE " +
                string.Join(" OR ", table.Contract.Key.Select(key => $"s.{table.Q(key)} IS NULL")) + ") AS found"),
        ];
        if (load.Contract.Drop is not null)
        {
            checks.AddRange(DropEntries.Checks(load));
        }

        if (load.HasKeySweep)
        {
            checks.Add($"SELECT {sql.Hop("staged keys")}, {sql.Number(load.Audited(load.Parent).KeyRows)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {sql.Quote(Keys)}) AS found");
        }

        return sql.Assert(string.Join("\nUNION ALL ", checks));
    }

    private static IEnumerable<string> Rows(LoadBatch load, LoadTable table)
    {
        var valid = load.Audited(table).Valid;
        yield return Row(LoadTally.Rows, valid.Rows, "COUNT(*)");
        foreach (var measure in table.Measures)
        {
            yield return Row(measure, valid.Sums.GetValueOrDefault(measure), $"COALESCE(SUM(s.{table.Q(measure)}), 0)");
        }

        string Row(string measure, decimal expected, string found) =>
            $"SELECT CAST({load.Sql.Text(table.Name)} AS VARCHAR(128)) AS table_name, CAST({load.Sql.Text(measure)} AS VARCHAR(128)) AS measure, " +
            $"{load.Sql.Number(expected)} AS expected, CAST({found} AS DECIMAL(38,6)) AS found FROM {table.Stage} s";
    }
}
