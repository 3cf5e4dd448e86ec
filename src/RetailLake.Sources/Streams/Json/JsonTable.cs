using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Sources.Streams.Json;

/// <summary>Fills the rows of one table from the frames of a record.</summary>
internal sealed class JsonTable : IDisposable
{
    private readonly JsonField[] fields;
    private readonly JsonPlace[][] places;
    private readonly RecordFields others;
    private readonly JsonText text = new();
    private readonly bool keepsAscii;

    public JsonTable(ContractTable table, IReadOnlyList<JsonPlace[]> places, TopicPartition of)
    {
        fields = [.. table.Columns.Select((column, index) => new JsonField(column, index))];
        this.places = [.. places];
        others = new RecordFields(table, of);
        keepsAscii = fields.All(field => field.KeepsAscii);
        Row = new LandedRow(table.Columns.Count);
    }

    public LandedRow Row { get; }

    /// <summary>Rows begun so far.</summary>
    public long Count { get; private set; }

    /// <summary>Begins a row over the buffer with nothing in it.</summary>
    public LandedRow Begin(byte[] buffer)
    {
        Row.Begin(buffer, ++Count);
        return Row;
    }

    public void Write(JsonFrames frames, int frame, byte[] buffer, in RecordHead record)
    {
        Begin(buffer);
        Row.IsPlainAscii = record.IsAscii && keepsAscii;
        for (var index = 0; index < fields.Length; index++)
        {
            foreach (var place in places[index])
            {
                var value = frames[frames.Up(frame, place.Hops), place.Slot];
                if (value.HasValue)
                {
                    fields[index].Write(value, buffer, Row, text);
                    break;
                }
            }
        }

        others.Write(Row, frames.Number(frame), record);
    }

    public void Dispose() => Row.Dispose();
}
