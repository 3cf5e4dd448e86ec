using System.Buffers.Text;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml;

/// <summary>Fills the row of one table from the slots that its columns name.</summary>
internal sealed class XmlTableRows
{
    private const string Blanks = " \t\r\n";

    private readonly ContractColumn[] columns;
    private readonly FieldScope[] scopes;
    private readonly bool[] isText;
    private readonly byte[]?[] names;
    private readonly bool keepsAscii;
    private long number;
    private long inUnit;

    public XmlTableRows(Contract contract, ContractTable table, DropRef drop)
    {
        columns = [.. table.Columns];
        scopes = [.. columns.Select(column => column.From?.Scope ?? FieldScope.Record)];
        isText = [.. columns.Select(column => column.Type.Kind is ColumnKind.Text)];
        names = [.. columns.Select(column => column.From is { Scope: FieldScope.FileName } from ? DropName.Value(contract, drop, from.Name) : null)];
        keepsAscii = names.All(name => name is null || Ascii.IsValid(name));
        Row = new LandedRow(columns.Length);
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
            var column = field.Column;
            switch (scopes[column])
            {
                case FieldScope.Record:
                    WriteValue(frames, frame, field);
                    break;
                case FieldScope.RowNumber:
                    WriteNumber(column, number);
                    break;
                case FieldScope.UnitNumber:
                    WriteNumber(column, unit);
                    break;
                case FieldScope.IndexInUnit:
                    WriteNumber(column, inUnit);
                    break;
                case FieldScope.RecordType:
                    WriteBytes(column, record);
                    break;
                case FieldScope.FileName:
                    WriteBytes(column, names[column]!);
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

        if (length > 0 || isText[column])
        {
            Row.Set(column, start, length);
        }
    }

    private void WriteNumber(int column, long value)
    {
        Utf8Formatter.TryFormat(value, Row.BeginScratch(20), out var written);
        Row.EndScratch(column, written);
    }

    private void WriteBytes(int column, byte[] value)
    {
        value.CopyTo(Row.BeginScratch(value.Length));
        Row.EndScratch(column, value.Length);
    }
}
