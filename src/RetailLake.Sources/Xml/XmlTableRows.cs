using System.Buffers.Text;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml;

/// <summary>
/// Fills the row of one table from the slots that its columns name. An element that is not there is NULL; an empty one is an empty text, and
/// NULL in columns of other types. Blanks around a value count in texts only.
/// </summary>
internal sealed class XmlTableRows
{
    private readonly FieldScope[] scopes;
    private readonly FieldForm[] forms;
    private readonly bool[] isText;
    private readonly byte[]?[] names;
    private readonly bool keepsAscii;
    private long number;
    private long inUnit;

    public XmlTableRows(ContractTable table, DropName name)
    {
        var columns = table.Columns;
        scopes = [.. columns.Select(column => column.From?.Scope ?? FieldScope.Record)];
        forms = [.. columns.Select(FieldForm.Compile)];
        isText = [.. columns.Select(column => column.Type.Kind == ColumnKind.Text)];
        names = [.. columns.Select(column => column.From is { Scope: FieldScope.FileName } from ? name.Value(from.Name) : null)];
        keepsAscii = names.All(value => value is null || Ascii.IsValid(value)) && forms.All(form => form.KeepsAscii);
        Row = new LandedRow(columns.Count);
    }

    public LandedRow Row { get; }

    public void BeginUnit() => inUnit = 0;

    public void Write(XmlFrames frames, int frame, XmlFieldPlan[] fields, byte[] record, long unit, bool isAscii)
    {
        number++;
        inUnit++;
        Row.Begin(frames.Bytes.Items, number);
        Row.IsPlainAscii = isAscii && keepsAscii;
        foreach (var field in fields)
        {
            switch (scopes[field.Column])
            {
                case FieldScope.Record:
                    WriteValue(frames, frame, field);
                    break;
                case FieldScope.RowNumber:
                    WriteNumber(field.Column, number);
                    break;
                case FieldScope.UnitNumber:
                    WriteNumber(field.Column, unit);
                    break;
                case FieldScope.IndexInUnit:
                    WriteNumber(field.Column, inUnit);
                    break;
                case FieldScope.RecordType:
                    forms[field.Column].Write(record, quoted: false, Row, field.Column);
                    break;
                case FieldScope.FileName when names[field.Column] is { } name:
                    forms[field.Column].Write(name, quoted: false, Row, field.Column);
                    break;
            }
        }
    }

    private void WriteValue(XmlFrames frames, int frame, XmlFieldPlan field)
    {
        foreach (var (hops, slot) in field.Places)
        {
            var value = frames.Slot(frames.Up(frame, hops), slot);
            if (value.IsFilled)
            {
                WriteValue(frames.Bytes.Items, value.Start, value.Length, field.Column);
                return;
            }
        }
    }

    private void WriteValue(byte[] bytes, int start, int length, int column)
    {
        if (!isText[column])
        {
            var trimmed = bytes.AsSpan(start, length).TrimStart(" \t\r\n"u8);
            (start, length) = (start + length - trimmed.Length, trimmed.TrimEnd(" \t\r\n"u8).Length);
        }

        if (!forms[column].IsPlain)
        {
            forms[column].Write(bytes.AsSpan(start, length), isText[column], Row, column);
        }
        else if (length > 0 || isText[column])
        {
            Row.Set(column, start, length);
        }
    }

    private void WriteNumber(int column, long value)
    {
        Utf8Formatter.TryFormat(value, Row.BeginScratch(20), out var written);
        Row.EndScratch(column, written);
    }
}
