using System.Globalization;

namespace RetailLake.Local.Demo;

/// <summary>
/// The conglomerate's three MySQL databases, made from a seed. The same seed, size and time give the same rows.
/// A prefix keeps several demos apart on one server.
/// </summary>
public sealed class DemoDatabases(string adminConnectionString, TimeProvider time, string prefix = "")
{
    private const int LoadsAtOnce = 2;

    public string NameOf(string database) => prefix + database;

    /// <summary>Drops the databases and makes them anew.</summary>
    public async Task<DemoSize> FillAsync(long orderLines = DemoSize.DefaultOrderLines, int seed = 1, CancellationToken cancellationToken = default)
    {
        var size = DemoSize.Of(orderLines, seed);
        var world = new DemoWorld(seed, size, time.GetUtcNow());
        foreach (var database in DemoCatalog.Databases)
            await CreateAsync(database, cancellationToken);
        using var slots = new SemaphoreSlim(LoadsAtOnce);
        await Task.WhenAll(DemoRows.All(world).Select(rows => LoadAsync(rows, slots, cancellationToken)));
        await Task.WhenAll(DemoCatalog.Databases.Select(database => RunScriptAsync(database, $"{database}.indexes", cancellationToken)));
        await DemoMemory.WriteAsync(adminConnectionString, prefix, new DemoMemory(orderLines, seed), cancellationToken);
        return size;
    }

    /// <summary>
    /// A day of changes, stamped within (since, now] whatever the clock says. <paramref name="since"/> is the last fill or day: an
    /// extract whose window ended there sees all of it. Another seed touches other rows.
    /// </summary>
    public async Task<IReadOnlyList<DemoChange>> ApplyDayAsync(
        int seed, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var memory = await DemoMemory.ReadAsync(adminConnectionString, prefix, cancellationToken);
        var day = new DemoDay(memory.World(now), seed, since, now);
        var changes = new List<DemoChange>();
        foreach (var (database, apply) in day.Parts())
        {
            await using var sql = await OpenAsync(database, cancellationToken);
            changes.AddRange(await apply(sql, cancellationToken));
        }
        return changes;
    }

    /// <summary>
    /// A sale that is written now with an older <paramref name="updatedAt"/> and stays uncommitted until the caller says so: what a
    /// reader by watermark loses when it does not mind open transactions. Open it after a day's changes, which would wait for its locks.
    /// </summary>
    public async Task<LateSale> OpenLateSaleAsync(DateTimeOffset updatedAt, CancellationToken cancellationToken = default)
    {
        var memory = await DemoMemory.ReadAsync(adminConnectionString, prefix, cancellationToken);
        return await LateSale.OpenAsync(await OpenAsync(DemoCatalog.Oms, cancellationToken), memory.World(updatedAt), updatedAt, cancellationToken);
    }

    /// <summary>Counts and sums by MariaDB alone, to compare a lake with.</summary>
    public async Task<IReadOnlyList<DemoTotals>> CountsAsync(CancellationToken cancellationToken = default)
    {
        var totals = new List<DemoTotals>();
        foreach (var (database, table, sums) in DemoCatalog.Tables)
        {
            await using var sql = await OpenAsync(database, cancellationToken);
            var row = await sql.RowAsync(
                $"SELECT COUNT(*){string.Concat(sums.Select(column => $", CAST(COALESCE(SUM({column}), 0) AS CHAR)"))} FROM {table}", cancellationToken);
            totals.Add(new DemoTotals(database, table, long.Parse(row[0]!, CultureInfo.InvariantCulture),
                sums.Select((column, index) => (column, row[index + 1]!)).ToDictionary(pair => pair.column, pair => pair.Item2)));
        }
        return totals;
    }

    /// <summary>The rows that the generator made wrong on purpose.</summary>
    public static IReadOnlyList<DemoDirt> PromisedDirt(DemoSize size) =>
        [.. DirtRule.All.Select(rule => new DemoDirt(rule.Database, rule.Table, rule.Rule, rule.Promised(size)))];

    /// <summary>The rows that are wrong now, by MariaDB's own judgement; after a day's changes some promised ones are gone and others came.</summary>
    public async Task<IReadOnlyList<DemoDirt>> CountDirtAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<DemoDirt>();
        foreach (var rule in DirtRule.All)
        {
            await using var sql = await OpenAsync(rule.Database, cancellationToken);
            var rows = await sql.NumberAsync($"SELECT COUNT(*) FROM {rule.Table} WHERE {rule.Broken}", cancellationToken);
            found.Add(new DemoDirt(rule.Database, rule.Table, rule.Rule, rows));
        }
        return found;
    }

    private Task<DemoSql> OpenAsync(string database, CancellationToken cancellationToken) =>
        DemoSql.OpenAsync(adminConnectionString, NameOf(database), cancellationToken);

    private async Task CreateAsync(string database, CancellationToken cancellationToken)
    {
        await using (var server = await DemoSql.OpenAsync(adminConnectionString, "", cancellationToken))
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS `{NameOf(database)}`; CREATE DATABASE `{NameOf(database)}`", cancellationToken);
        await RunScriptAsync(database, database, cancellationToken);
    }

    private async Task RunScriptAsync(string database, string script, CancellationToken cancellationToken)
    {
        await using var sql = await OpenAsync(database, cancellationToken);
        await sql.ExecuteAsync(DemoCatalog.Script(script), cancellationToken);
    }

    private async Task LoadAsync(TableRows rows, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            await using var sql = await OpenAsync(rows.Database, cancellationToken);
            // Into an empty table without these checks InnoDB sorts and fills whole pages, and writes no undo per row.
            await sql.ExecuteAsync("SET unique_checks = 0, foreign_key_checks = 0, check_constraint_checks = 0", cancellationToken);
            await BulkLoad.RunAsync(sql, rows, cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }
}
