using RetailLake.Core.Drops;

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
            load.Contract.Drop is not null ? DropEntries.Overtaken(load)
                : load.Contract.Stream is not null ? StreamEntries.Overtaken(load)
                : Count(LoadErrors.NotOvertaken, $"{ledger} WHERE {LedgerQueries.Overtakes(load.Plan, load.Contract.Extract.Mode, sql)}"),
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

    public static string Check(LoadBatch load)
    {
        var sql = load.Sql;
        List<string> checks =
        [
            .. load.Contract.Drop is null && load.Contract.Stream is null ? [] : EarlyChecks(load),
            .. load.Tables.SelectMany(table => Tally(load, table)),
            .. load.Tables.Select(table => $"SELECT {sql.Hop($"key without value in {table.Name}")}, {sql.Number(0)} AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM {table.Stage} s WHERE " +
                (load.Contract.Stream is null ? NoKey(table) : $"s.{table.Q(DropRef.ChangeColumn)} <> 2 AND ({NoKey(table)})") + ") AS found"),
            .. load.Contract.Stream is null ? [] : StreamEntries.Checks(load),
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

    private static string NoKey(LoadTable table) => string.Join(" OR ", table.Contract.Key.Select(key => $"s.{table.Q(key)} IS NULL"));

    /// <summary>valid (from the audit) against staged (from the stage), by measure.</summary>
    private static IEnumerable<string> Tally(LoadBatch load, LoadTable table) => LoadTally.MeasuresOf(table).Select(measure =>
        $"SELECT {load.Sql.Hop($"staged {table.Name}.{measure}")}, {load.Sql.Number(LoadTally.Of(load.Audited(table).Valid, measure))} AS expected, {LoadTally.Staged(table, measure)} AS found");
}
