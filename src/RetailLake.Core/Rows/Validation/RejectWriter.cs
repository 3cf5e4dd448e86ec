using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Landing;

namespace RetailLake.Core.Rows.Validation;

/// <summary>Rejected rows as NDJSON, gzip: coordinates, key, all reasons, and the row as landed with tokens in the place of personal values.</summary>
internal sealed class RejectWriter : IAsyncDisposable
{
    private readonly CompiledTable table;
    private readonly PersonalTokens tokens;
    private readonly LakeWriter target;
    private readonly GZipStream gzip;
    private readonly ArrayBufferWriter<byte> line = new(4096);
    private readonly ArrayBufferWriter<byte> raw = new(4096);
    private readonly Utf8JsonWriter json;
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private string landedKey;
    private string? drop;
    private string? from;

    private RejectWriter(CompiledTable table, PersonalTokens tokens, string landedKey, LakeWriter target)
    {
        this.table = table;
        this.tokens = tokens;
        this.landedKey = landedKey;
        this.target = target;
        gzip = new GZipStream(target.Stream, CompressionLevel.Fastest, leaveOpen: true);
        json = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public long Rows { get; private set; }

    /// <summary>Rejected rows by reason code.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    public static async Task<RejectWriter> CreateAsync(
        ILake lake, string key, CompiledTable table, PersonalTokens tokens, string landedKey, CancellationToken cancellationToken) =>
        new(table, tokens, landedKey, await lake.CreateAsync(key, cancellationToken));

    /// <summary>The drop that the next rows come from.</summary>
    public void BeginDrop(DropRef next) => (drop, landedKey, from) = (next.Id, next.Object.Key, next.Name);

    public void Write<TRow>(TRow row, IReadOnlyList<RowReason> reasons)
        where TRow : struct, IRow
    {
        Rows++;
        line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        WriteCoordinates(row);
        var isReadable = row.RowRefusal is null;
        WriteKey(row, isReadable);
        WriteReasons(reasons);

        // Of a record with another number of fields nobody knows which part is personal.
        if (isReadable)
        {
            WriteRaw(row);
        }

        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        gzip.Write(line.WrittenSpan);
    }

    /// <returns>Null when no row was rejected: then there is no object either.</returns>
    public async Task<LakeObject?> CommitAsync(CancellationToken cancellationToken)
    {
        if (Rows == 0)
        {
            return null;
        }

        await gzip.DisposeAsync();
        return await target.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await json.DisposeAsync();
        await target.DisposeAsync();
    }

    private void WriteCoordinates<TRow>(TRow row)
        where TRow : struct, IRow
    {
        json.WriteString("object"u8, landedKey);
        if (drop is not null)
        {
            json.WriteString("drop"u8, drop);
            json.WriteString("record"u8, table.Table.Record ?? table.Table.SourceName);
        }

        if (row.RecordOffset is { } offset)
        {
            json.WriteString("partition"u8, from);
            json.WriteNumber("offset"u8, offset);
        }

        json.WriteNumber("row"u8, row.Number);
        if (row.UnitNumber is { } unit)
        {
            json.WriteNumber("unit"u8, unit);
        }
    }

    private void WriteKey<TRow>(TRow row, bool isReadable)
        where TRow : struct, IRow
    {
        json.WriteStartObject("key"u8);
        foreach (var name in table.Table.Key)
        {
            var index = table.IndexOf(name);
            if (!isReadable || index < 0 || table.Columns[index].Personal)
            {
                continue;
            }

            if (row.IsNull(index))
            {
                json.WriteNull(name);
            }
            else
            {
                json.WriteString(name, Encoding.UTF8.GetString(Cut(row.Field(index))));
            }
        }

        json.WriteEndObject();
    }

    private void WriteReasons(IReadOnlyList<RowReason> reasons)
    {
        json.WriteStartArray("reasons"u8);
        for (var index = 0; index < reasons.Count; index++)
        {
            var (column, reason) = reasons[index];
            json.WriteStartObject();
            if (column is not null)
            {
                json.WriteString("column"u8, column);
            }

            json.WriteString("code"u8, reason.Code);
            json.WriteString("expected"u8, reason.Expected);
            json.WriteEndObject();
            if (IsFirst(reasons, index))
            {
                counts[reason.Code] = counts.GetValueOrDefault(reason.Code) + 1;
            }
        }

        json.WriteEndArray();
    }

    /// <summary>A row counts once per code, however many of its columns have it.</summary>
    private static bool IsFirst(IReadOnlyList<RowReason> reasons, int index)
    {
        for (var before = 0; before < index; before++)
        {
            if (reasons[before].Reason.Code == reasons[index].Reason.Code)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteRaw<TRow>(TRow row)
        where TRow : struct, IRow
    {
        raw.ResetWrittenCount();
        List<string>? cut = null;
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (index > 0)
            {
                raw.Write("\t"u8);
            }

            if (table.Columns[index].Personal && !row.IsNull(index))
            {
                tokens.TryToken(row.Field(index), table.Columns[index].Normalise, raw.GetSpan(ColumnType.TokenBytes));
                raw.Advance(ColumnType.TokenBytes);
            }
            else if (row.IsNull(index) || row.Field(index).Length <= ColumnType.WidestText)
            {
                row.WriteEscaped(index, raw);
            }
            else
            {
                var shown = Cut(row.Field(index));
                raw.Advance(TabText.Escape(shown, raw.GetSpan(2 * shown.Length)));
                (cut ??= []).Add(table.Columns[index].Name);
            }
        }

        if (cut is not null)
        {
            json.WriteStartArray("cut"u8);
            cut.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        if (Utf8.IsValid(raw.WrittenSpan))
        {
            json.WriteString("raw"u8, raw.WrittenSpan);
        }
        else
        {
            json.WriteBase64String("rawBase64"u8, raw.WrittenSpan);
        }
    }

    /// <summary>The beginning of a value that no column takes, cut between characters where it is text. All of it lies in landing.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value)
    {
        if (value.Length <= ColumnType.WidestText)
        {
            return value;
        }

        var end = ColumnType.WidestText;
        while (end > ColumnType.WidestText - 3 && (value[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return value[..end];
    }
}
