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
        if (record.KeyStart < 0 || !Utf8.IsValid(buffer.AsSpan(record.KeyStart, record.KeyLength)) || !Read(buffer, record.KeyStart, record.KeyLength))
        {
            return false;
        }

        row.Fill(scan.Frames, slots, buffer, wrapper.Schema, keyOnly: true);
        return row.HasKey();
    }

    private bool Read(byte[] buffer, int start, int length) =>
        (wrapper.TryGuess(buffer, start, length, out var payload, out var payloadLength) && scan.Read(buffer, payload, payloadLength, root) is null)
        || (wrapper.Split(buffer, start, length, out payload, out payloadLength) is null && scan.Read(buffer, payload, payloadLength, root) is null);
}
