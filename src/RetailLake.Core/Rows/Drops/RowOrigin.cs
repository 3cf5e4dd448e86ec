namespace RetailLake.Core.Rows.Drops;

/// <summary>
/// Where a row of a stream stands among the copies of its key: the highest (Version, Drop, File) stays, whatever order they arrive in. From the data alone.
/// </summary>
/// <param name="File">Stands for topic and partition.</param>
/// <param name="Drop">The offset, or what orders rows of one version.</param>
/// <param name="Version">The source's own.</param>
/// <param name="EventTime">Milliseconds since 1970, UTC; −1 when nothing says.</param>
public readonly record struct RowOrigin(long File, long Drop, long Version, RowChange Change, long EventTime);

public enum RowChange
{
    Upsert = 0,

    /// <summary>The row has its key and nothing else.</summary>
    Delete = 1,

    /// <summary>All rows of the table of a lower version are gone; the row has no values at all.</summary>
    Truncate = 2,
}
