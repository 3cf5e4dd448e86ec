using RetailLake.Core.Runs;

namespace RetailLake.Sources.MySql;

/// <summary>
/// A DATETIME cursor says nothing of its zone. Declared too far east, its rows lie behind every window and are never read: the one loss that no
/// lock or listing shows. The server's default zone is what most applications stamp in, so a difference is worth a look.
/// </summary>
internal static class ZoneNote
{
    public static async Task<IReadOnlyList<string>> OfAsync(SourceSession session, SourceSchema schema, WorkWindow window, CancellationToken cancellationToken)
    {
        var cursors = schema.Tables.Where(table => table.Cursor is { Type.Family: TypeFamily.DateTime or TypeFamily.Date }).ToList();
        if (cursors.Count == 0)
        {
            return [];
        }

        // NULL when the default is a named zone and the server has no zone tables.
        var offset = (await session.QueryAsync<long?>(
            "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', @@GLOBAL.time_zone))",
            reader => reader.IsDBNull(0) ? null : reader.GetInt64(0), cancellationToken))[0];
        return [.. cursors.Where(table => offset is { } seconds && CursorTime.Of(table.Cursor!).OffsetAt(window.Hi) != TimeSpan.FromSeconds(seconds)).Select(table =>
            $"Cursor '{table.Table.SourceName}.{table.Cursor!.Contract.SourceName}' is declared in {table.Cursor.Contract.Type.Zone ?? "UTC"}, the server's default zone is {TimeSpan.FromSeconds(offset!.Value)} from UTC: make sure in which zone applications stamp it.")];
    }
}
