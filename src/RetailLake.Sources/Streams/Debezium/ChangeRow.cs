using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>The row of a table, filled by the coding of the event's schema.</summary>
internal sealed class ChangeRow : IDisposable
{
    /// <summary>Of values, of keys, and none; a table seldom changes within a segment.</summary>
    private const int MostSchemas = 16;

    private readonly ContractTable table;
    private readonly DebeziumEncoding settings;
    private readonly bool[] isKey;
    private readonly JsonText text = new();
    private readonly Dictionary<ConnectSchema, ChangeField[]> known = [];
    private long count;

    public ChangeRow(ContractTable table, DebeziumEncoding settings)
    {
        (this.table, this.settings) = (table, settings);
        isKey = [.. table.Columns.Select(column => table.Key.Contains(column.Name))];
        Row = new LandedRow(table.Columns.Count);
    }

    public LandedRow Row { get; }

    public void Begin(byte[] buffer, bool isAscii)
    {
        Row.Begin(buffer, ++count);
        Row.IsPlainAscii = isAscii;
    }

    /// <param name="slots">By column.</param>
    /// <param name="keyOnly">A deletion says nothing of the other columns.</param>
    public void Fill(JsonFrames frames, int[] slots, byte[] buffer, ConnectSchema of, bool keyOnly)
    {
        var fields = Fields(of);
        for (var index = 0; index < slots.Length; index++)
        {
            if (!keyOnly || isKey[index])
            {
                fields[index].Write(frames[0, slots[index]], buffer, Row, text);
            }
        }
    }

    /// <summary>Whether every column of the key has a value.</summary>
    public bool HasKey()
    {
        for (var index = 0; index < isKey.Length; index++)
        {
            if (isKey[index] && (Row.IsNull(index) || Row.Refusal(index) is not null))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => Row.Dispose();

    private ChangeField[] Fields(ConnectSchema schema)
    {
        if (!known.TryGetValue(schema, out var fields))
        {
            if (known.Count == MostSchemas)
            {
                known.Clear();
            }

            known.Add(schema, fields = Compile(schema));
        }

        return fields;
    }

    private ChangeField[] Compile(ConnectSchema schema) => [.. table.Columns.Select((column, index) => new ChangeField(column, index, schema.Field(column.SourceName), settings))];
}
