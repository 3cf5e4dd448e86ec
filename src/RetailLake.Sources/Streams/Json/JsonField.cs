using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;

namespace RetailLake.Sources.Streams.Json;

/// <summary>
/// One column's value from its JSON token. Text is a string; numbers, dates and times are strings or numbers of the lake's own form or of the column's format;
/// a flag is true or false; a column of JSON takes any token as it is written; bytes are Base64. Anything else is refused, never converted.
/// </summary>
internal sealed class JsonField(ContractColumn column, int index)
{
    private static readonly RejectReason NoString = new(RejectCode.Type, "a JSON string");
    private static readonly RejectReason NoScalar = new(RejectCode.Type, "a single value, no object and no array");
    private static readonly RejectReason NoNumber = new(RejectCode.Type, "a number or its digits as text");
    private static readonly RejectReason NoBase64 = new(RejectCode.Type, "bytes as Base64");

    private readonly FieldForm form = FieldForm.Compile(column);
    private readonly ColumnKind kind = column.Type.Kind;

    /// <summary>Whether ASCII stays ASCII, but for escapes and bytes, which say so themselves.</summary>
    public bool KeepsAscii => form.KeepsAscii;

    public void Write(in JsonValue value, byte[] buffer, LandedRow row, JsonText text)
    {
        switch (value.Kind)
        {
            case JsonTokenType.None or JsonTokenType.Null:
                break;
            case var _ when kind == ColumnKind.Json:
                WriteDocument(value, row);
                break;
            case JsonTokenType.String:
                WriteString(value, buffer, row, text);
                break;
            case JsonTokenType.Number:
                WriteNumber(value, buffer, row, text);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                WriteFlag(value, buffer, row);
                break;
            default:
                Refuse(value, row, NoScalar);
                break;
        }
    }

    /// <summary>The token as it is written; of a string with its quotes.</summary>
    private void WriteDocument(in JsonValue value, LandedRow row)
    {
        var quote = value.Kind == JsonTokenType.String ? 1 : 0;
        row.Set(index, value.Start - quote, value.Length + (2 * quote));
    }

    private void WriteString(in JsonValue value, byte[] buffer, LandedRow row, JsonText text)
    {
        if (!text.TryRead(value, buffer, row, out var characters))
        {
            Refuse(value, row, JsonText.HalfPair);
            return;
        }

        if (kind == ColumnKind.Binary)
        {
            WriteBytes(value, characters, row);
        }
        else if (!form.IsPlain)
        {
            form.Write(characters, quoted: true, row, index);
        }
        else if (value.IsEscaped)
        {
            Copy(characters, row);
        }
        else
        {
            row.Set(index, value.Start, value.Length);
        }
    }

    private void WriteBytes(in JsonValue value, ReadOnlySpan<byte> characters, LandedRow row)
    {
        row.IsPlainAscii = false;
        var room = row.BeginScratch(Base64.GetMaxDecodedFromUtf8Length(characters.Length));
        if (Base64.DecodeFromUtf8(characters, room, out _, out var written) == OperationStatus.Done)
        {
            row.EndScratch(index, written);
        }
        else
        {
            Refuse(value, row, NoBase64);
        }
    }

    private void WriteNumber(in JsonValue value, byte[] buffer, LandedRow row, JsonText text)
    {
        var number = value.Of(buffer);
        if (kind is ColumnKind.Text or ColumnKind.Binary && form.IsPlain)
        {
            Refuse(value, row, NoString);
        }
        else if (kind is ColumnKind.Decimal or ColumnKind.Int32 or ColumnKind.Int64 && JsonNumber.HasExponent(number))
        {
            var digits = text.Reserve(JsonNumber.Room);
            if (JsonNumber.Write(number, digits) is >= 0 and var written)
            {
                form.Write(digits[..written], quoted: false, row, index);
            }
            else
            {
                Refuse(value, row, NoNumber);
            }
        }
        else if (!form.IsPlain)
        {
            form.Write(number, quoted: false, row, index);
        }
        else
        {
            row.Set(index, value.Start, value.Length);
        }
    }

    private void WriteFlag(in JsonValue value, byte[] buffer, LandedRow row)
    {
        if (!form.IsPlain)
        {
            form.Write(value.Of(buffer), quoted: false, row, index);
        }
        else if (kind == ColumnKind.Boolean)
        {
            Copy(value.Kind == JsonTokenType.True ? "1"u8 : "0"u8, row);
        }
        else
        {
            Refuse(value, row, kind == ColumnKind.Text ? NoString : kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal or ColumnKind.Double ? NoNumber : NoScalar);
        }
    }

    private void Copy(ReadOnlySpan<byte> characters, LandedRow row)
    {
        characters.CopyTo(row.BeginScratch(characters.Length));
        row.EndScratch(index, characters.Length);
    }

    private void Refuse(in JsonValue value, LandedRow row, RejectReason reason)
    {
        row.Set(index, value.Start, value.Length);
        row.Refuse(index, reason);
    }
}
