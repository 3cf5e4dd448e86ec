using System.Text.Unicode;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>The key columns of a row from the record's key, a struct with or without its schema.</summary>
internal sealed class ChangeKey
{
    private readonly JsonScope root = new(0);
    private readonly JsonScan scan = new();
    private readonly SchemaWrapper wrapper = new();
    private readonly int[] slots;

    public ChangeKey(ContractTable table) => slots = [.. table.Columns.Select(column => root.Node.Member(column.SourceName, root).Slot)];

    /// <returns>False when a column of the key has no value there.</returns>
    public bool TryFill(byte[] buffer, in RecordHead record, ChangeRow row)
    {
        if (record.KeyStart < 0 || !Utf8.IsValid(buffer.AsSpan(record.KeyStart, record.KeyLength))
            || wrapper.Split(buffer, record.KeyStart, record.KeyLength, out var payload, out var length) is not null
            || scan.Read(buffer, payload, length, root) is not null)
        {
            return false;
        }

        row.Fill(scan.Frames, slots, buffer, wrapper.Schema, keyOnly: true);
        return row.HasKey();
    }
}
