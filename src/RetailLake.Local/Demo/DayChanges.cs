using System.Globalization;

namespace RetailLake.Local.Demo;

/// <summary>Runs a day's statements in one database and counts what they did, table by table.</summary>
internal sealed class DayChanges(DemoSql sql, string database, int seed, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, DemoChange> _changes = [];

    public IReadOnlyList<DemoChange> Done => [.. _changes.Values];

    /// <summary>Picks one key in <paramref name="every"/>; another seed picks others.</summary>
    public string OneIn(int every, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key} % {every} = {(uint)seed * 31 % every}");

    public Task RunAsync(string text) => sql.ExecuteAsync(text, cancellationToken);

    public async Task InsertAsync(string table, string text) => Add(table, inserted: await sql.ExecuteAsync(text, cancellationToken));

    public async Task LoadAsync(TableRows rows) => Add(rows.Table, inserted: await BulkLoad.RunAsync(sql, rows, cancellationToken));

    public async Task UpdateAsync(string table, string text) => Add(table, updated: await sql.ExecuteAsync(text, cancellationToken));

    public async Task DeleteAsync(string table, string text) => Add(table, deleted: await sql.ExecuteAsync(text, cancellationToken));

    public Task<long> NumberAsync(string text) => sql.NumberAsync(text, cancellationToken);

    private void Add(string table, long inserted = 0, long updated = 0, long deleted = 0)
    {
        var before = _changes.GetValueOrDefault(table) ?? new DemoChange(database, table, 0, 0, 0);
        _changes[table] = before with
        {
            Inserted = before.Inserted + inserted,
            Updated = before.Updated + updated,
            Deleted = before.Deleted + deleted,
        };
    }
}
