using RetailLake.Core.Contracts;

namespace RetailLake.Sources.MySql;

/// <summary>What information_schema says of one table.</summary>
internal sealed record SchemaRead(bool Exists, string? Engine, IReadOnlyDictionary<string, SchemaColumn> Columns, IReadOnlyList<string> IndexedFirst)
{
    public static async Task<SchemaRead> OfAsync(SourceSession session, ContractTable table, CancellationToken cancellationToken)
    {
        // Quoting is not needed here; the strict pattern is applied all the same, before anything is asked.
        SqlName.Quote(table.SourceName);
        (string, object)[] which = [("@db", session.Database), ("@t", table.SourceName)];
        var found = await session.QueryAsync(
            new("SELECT engine FROM information_schema.tables WHERE table_schema = @db AND table_name = @t", which),
            reader => reader.IsDBNull(0) ? null : reader.GetString(0), cancellationToken);
        if (found.Count == 0)
        {
            return new(false, null, new Dictionary<string, SchemaColumn>(), []);
        }

        var columns = await session.QueryAsync(
            new("SELECT column_name, column_type, character_set_name, collation_name FROM information_schema.columns WHERE table_schema = @db AND table_name = @t", which),
            reader => new SchemaColumn(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)),
            cancellationToken);
        var indexed = await session.QueryAsync(
            new("SELECT DISTINCT column_name FROM information_schema.statistics WHERE table_schema = @db AND table_name = @t AND seq_in_index = 1", which),
            reader => reader.IsDBNull(0) ? "" : reader.GetString(0), cancellationToken);
        return new(true, found[0], columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase), indexed);
    }

    public bool StartsIndex(string sourceName) => IndexedFirst.Contains(sourceName, StringComparer.OrdinalIgnoreCase);
}

internal sealed record SchemaColumn(string Name, string Type, string? CharSet, string? Collation);
