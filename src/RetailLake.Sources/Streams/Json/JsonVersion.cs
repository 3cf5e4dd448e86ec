using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Sources.Streams.Json;

/// <summary>Version and time of a record, from its offset and timestamp or from columns of its first row.</summary>
internal sealed class JsonVersion
{
    private readonly ContractTable table;
    private readonly (int Index, ColumnNumber Number)? version;
    private readonly (int Index, ColumnNumber Number)? time;

    public JsonVersion(StreamSpec stream, ContractTable table)
    {
        this.table = table;
        version = stream.Version == StreamVersion.Column ? Column(stream.VersionColumn) : null;
        time = Column(stream.EventTimeColumn);
    }

    public bool IsOffset => version is null;

    /// <summary>A version that cannot be read is 0: its column is required, so the row is a reject in any case.</summary>
    public RowOrigin Of(LandedRow row, in RecordHead record, long file)
    {
        var (at, order) = (record.Timestamp, record.Offset);
        if (version is { } column)
        {
            _ = column.Number.TryRead(row, column.Index, out order);
        }

        if (time is { } clock && clock.Number.TryRead(row, clock.Index, out var micros))
        {
            at = Math.Max(-1, Math.DivRem(micros, EpochText.PerMillisecond, out _));
        }

        return new(file, record.Offset, order, RowChange.Upsert, at);
    }

    private (int, ColumnNumber)? Column(string? name)
    {
        var index = name is null ? -1 : table.Columns.Index().Where(pair => pair.Item.Name == name).Select(pair => pair.Index).DefaultIfEmpty(-1).First();
        return index < 0 ? null : (index, new ColumnNumber(table.Columns[index]));
    }
}
