using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>One column's value from a change event, by its coding. What is not in that coding is refused, never guessed.</summary>
internal sealed class ChangeField(ContractColumn column, int index, SchemaField? schema, DebeziumEncoding settings)
{
    private static readonly RejectReason Unavailable = new(RejectCode.Event, "a value; the connector had none to send");
    private static readonly RejectReason Negative = new(RejectCode.Range, "no negative number of an unsigned column; set bigint.unsigned.handling.mode to precise");

    private readonly Coding coding = Codings.Of(column, schema, settings);
    private readonly int scale = Codings.Scale(column.Type, schema);
    private readonly ColumnKind kind = column.Type.Kind;
    private readonly bool isUnsigned = column.Type.SourceType.Contains("unsigned", StringComparison.Ordinal);
    private readonly FieldForm? iso = column.Type.Kind != ColumnKind.Timestamp ? null : FieldForm.Compile(column.Name, column.Type, new() { Pattern = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF" });
    private readonly FieldForm? zoned = column.Type.Kind != ColumnKind.Timestamp ? null : FieldForm.Compile(column.Name, column.Type, new() { Pattern = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK" });
    private readonly RejectReason refusal = new(RejectCode.Type, Expected(Codings.Of(column, schema, settings), column, schema));

    private static ReadOnlySpan<byte> Placeholder => "__debezium_unavailable_value"u8;

    public void Write(in JsonValue value, byte[] buffer, LandedRow row, JsonText text)
    {
        if (!value.HasValue)
        {
            return;
        }

        var written = value.Kind switch
        {
            JsonTokenType.String => WriteString(value, buffer, row, text),
            JsonTokenType.Number => WriteNumber(value, value.Of(buffer), row, text),
            JsonTokenType.True or JsonTokenType.False => WriteFlag(value.Kind == JsonTokenType.True, row),
            _ => false,
        };
        if (!written && row.Refusal(index) is null)
        {
            Refuse(value, row, refusal);
        }
    }

    private static string Expected(Coding coding, ContractColumn column, SchemaField? schema) => coding switch
    {
        Coding.Refused when schema is { Type: "double" or "float" or "float64" or "float32" } => "an exact number; double loses digits: set decimal.handling.mode to string or precise",
        Coding.Refused when schema?.Name?.EndsWith("Timestamp", StringComparison.Ordinal) == true => "a TIMESTAMP; the source's column is a DATETIME: declare it so, with its zone",
        Coding.Refused when column.Type.Kind == ColumnKind.Binary && schema?.Type == "string" => "bytes; the connector's binary.handling.mode is another: name it in the contract (binary: hex, base64 or base64-url-safe)",
        Coding.Refused => $"a value that the reader of '{column.Type.SourceType}' knows, not {schema?.Name ?? schema?.Type}",
        Coding.Unscaled => "base64 of an unscaled number (decimal.handling.mode precise)",
        _ => $"{column.Type.SourceType} written as {coding}",
    };

    private bool WriteString(in JsonValue value, byte[] buffer, LandedRow row, JsonText text)
    {
        if (!text.TryRead(value, buffer, row, out var characters))
        {
            Refuse(value, row, JsonText.HalfPair);
            return false;
        }

        switch (coding)
        {
            case Coding.Text:
                return WriteText(value, characters, row);
            case Coding.Digits:
                return Copy(characters, row);
            case Coding.Unscaled or Coding.UnscaledOrDigits or Coding.PlainOrUnscaled:
                return WriteUnscaled(characters, row);
            case Coding.Iso:
                return WriteIso(characters is [.., (byte)'Z'] ? characters[..^1] : characters, row);
            case Coding.Zoned when zoned is not null:
                zoned.Write(characters, quoted: true, row, index);
                return true;
            case Coding.Bits:
                return WriteBits(characters, row);
            case Coding.Base64 or Coding.Base64Url or Coding.Hex:
                return WriteBytes(characters, row);
            default:
                return false;
        }
    }

    private bool WriteText(in JsonValue value, ReadOnlySpan<byte> characters, LandedRow row)
    {
        if (characters.SequenceEqual(Placeholder))
        {
            Refuse(value, row, Unavailable);
            return false;
        }

        if (value.IsEscaped)
        {
            return Copy(characters, row);
        }

        row.Set(index, value.Start, value.Length);
        return true;
    }

    private bool WriteUnscaled(ReadOnlySpan<byte> base64, LandedRow row)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (base64.Length > 80 || Base64.DecodeFromUtf8(base64, bytes, out _, out var count) != OperationStatus.Done)
        {
            return false;
        }

        var length = UnscaledDecimal.Write(bytes[..count], scale, row.BeginScratch(UnscaledDecimal.Room));
        return length >= 0 && End(row, length);
    }

    private bool WriteIso(ReadOnlySpan<byte> characters, LandedRow row)
    {
        if (iso is null)
        {
            return Copy(characters, row);
        }

        iso.Write(characters, quoted: true, row, index);
        return true;
    }

    private bool WriteBits(ReadOnlySpan<byte> base64, LandedRow row)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (base64.Length > 16 || Base64.DecodeFromUtf8(base64, bytes, out _, out var count) != OperationStatus.Done || count > 8)
        {
            return false;
        }

        var bits = 0UL;
        for (var at = count - 1; at >= 0; at--)
        {
            bits = (bits << 8) | bytes[at];
        }

        return bits.TryFormat(row.BeginScratch(20), out var length, default, CultureInfo.InvariantCulture) && End(row, length);
    }

    private bool WriteBytes(ReadOnlySpan<byte> characters, LandedRow row)
    {
        row.IsPlainAscii = false;
        var room = row.BeginScratch(characters.Length + 4);
        var (status, length) = (OperationStatus.InvalidData, 0);
        if (coding == Coding.Hex)
        {
            status = Convert.FromHexString(characters, room, out _, out length);
        }
        else
        {
            status = coding == Coding.Base64 ? Base64.DecodeFromUtf8(characters, room, out _, out length) : Base64Url.DecodeFromUtf8(characters, room, out _, out length);
        }

        return status == OperationStatus.Done && End(row, length);
    }

    private bool WriteNumber(in JsonValue value, ReadOnlySpan<byte> number, LandedRow row, JsonText text)
    {
        switch (coding)
        {
            case Coding.Plain or Coding.PlainOrUnscaled when isUnsigned && number[0] == '-':
                Refuse(value, row, Negative);
                return false;
            case Coding.Plain or Coding.PlainOrUnscaled:
            case Coding.Digits or Coding.UnscaledOrDigits when !JsonNumber.HasExponent(number):
                row.Set(index, value.Start, value.Length);
                return kind is not (ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time or ColumnKind.Binary or ColumnKind.Json) && (kind != ColumnKind.Text || coding is Coding.Digits or Coding.UnscaledOrDigits);
            case Coding.Digits or Coding.UnscaledOrDigits:
                var digits = text.Reserve(JsonNumber.Room);
                return JsonNumber.Write(number, digits) is >= 0 and var written && Copy(digits[..written], row);
            default:
                return Utf8Parser.TryParse(number, out long count, out var consumed) && consumed == number.Length && WriteTime(count, row);
        }
    }

    private bool WriteTime(long count, LandedRow row)
    {
        var room = row.BeginScratch(EpochText.Room);
        var micros = count;
        int length;
        return coding switch
        {
            Coding.Days => EpochText.TryWriteDate(count, room, out length),
            Coding.EpochMillis => EpochText.TryWriteTimestamp(count, EpochText.PerMillisecond, room, out length),
            Coding.EpochMicros => EpochText.TryWriteTimestamp(count, EpochText.PerMicrosecond, room, out length),
            Coding.EpochNanos => EpochText.TryMicros(count, out micros) & EpochText.TryWriteTimestamp(micros, EpochText.PerMicrosecond, room, out length),
            Coding.ClockMillis => EpochText.TryWriteTime(Math.Clamp(count, -EpochText.MostMillis, EpochText.MostMillis) * EpochText.PerMillisecond, room, out length),
            Coding.ClockMicros => EpochText.TryWriteTime(count, room, out length),
            Coding.ClockNanos => EpochText.TryMicros(count, out micros) & EpochText.TryWriteTime(micros, room, out length),
            _ => (length = 0) > 0,
        } && End(row, length);
    }

    /// <summary>A TINYINT(1) is a number in snapshots and may be a flag in the stream; a BIT(1) is a flag.</summary>
    private bool WriteFlag(bool flag, LandedRow row) =>
        coding == Coding.Plain && (kind == ColumnKind.Boolean || column.Type.SourceType.StartsWith("tinyint", StringComparison.Ordinal) || column.Type.SourceType is "bit" or "bit(1)") && Copy(flag ? "1"u8 : "0"u8, row);

    private bool Copy(ReadOnlySpan<byte> characters, LandedRow row)
    {
        characters.CopyTo(row.BeginScratch(characters.Length));
        return End(row, characters.Length);
    }

    private bool End(LandedRow row, int length)
    {
        row.EndScratch(index, length);
        return true;
    }

    private void Refuse(in JsonValue value, LandedRow row, RejectReason reason)
    {
        row.Set(index, value.Start, value.Length);
        row.Refuse(index, reason);
    }
}
