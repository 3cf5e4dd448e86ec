using System.Text.Json;
using System.Text.Unicode;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Sources.Streams.Json;

/// <summary>The key columns of a row from the record's key: a JSON object with them by name, or of one column its text, bare or as a JSON string.</summary>
internal sealed class JsonKey
{
    private readonly JsonScope root = new(0);
    private readonly JsonScan scan = new();
    private readonly JsonText text = new();
    private readonly (int Index, int Slot, JsonField Field)[] columns;
    private readonly RejectReason unreadable;

    public JsonKey(IReadOnlyList<string> names, ContractTable table)
    {
        columns = [.. table.Columns.Index().Where(pair => names.Contains(pair.Item.Name)).Select(pair => (pair.Index, root.Node.Member(pair.Item.SourceName, root).Slot, new JsonField(pair.Item, pair.Index)))];
        unreadable = new(RejectCode.RecordKey, $"a record key with {string.Join(", ", names)}");
    }

    /// <returns>Null when the row has its key.</returns>
    public RejectReason? TryWrite(byte[] buffer, in RecordHead record, LandedRow row)
    {
        var key = record.KeyStart < 0 ? [] : buffer.AsSpan(record.KeyStart, record.KeyLength);
        if (key.IsEmpty || !Utf8.IsValid(key))
        {
            return unreadable;
        }

        if (key[0] == '{')
        {
            return scan.Read(buffer, record.KeyStart, record.KeyLength, root) is null && WriteMembers(buffer, row) ? null : unreadable;
        }

        return columns is [var only] && WriteText(buffer, record, key, row, only.Field) && row.Refusal(only.Index) is null ? null : unreadable;
    }

    private bool WriteMembers(byte[] buffer, LandedRow row)
    {
        foreach (var (index, slot, field) in columns)
        {
            field.Write(scan.Frames[0, slot], buffer, row, text);
            if (row.IsNull(index) || row.Refusal(index) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private bool WriteText(byte[] buffer, in RecordHead record, ReadOnlySpan<byte> key, LandedRow row, JsonField field)
    {
        if (key[0] != '"')
        {
            field.Write(new(JsonTokenType.String, false, record.KeyStart, record.KeyLength), buffer, row, text);
            return true;
        }

        var reader = new Utf8JsonReader(key);
        try
        {
            _ = reader.Read();
            field.Write(new(JsonTokenType.String, reader.ValueIsEscaped, record.KeyStart + 1, reader.ValueSpan.Length), buffer, row, text);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
