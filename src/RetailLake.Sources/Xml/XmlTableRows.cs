using System.Buffers.Text;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Scanning;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml;

/// <summary>
/// Fills the row of one table from the slots that its columns name. An element that is not there is NULL; an empty one is an empty text, and
/// NULL in columns of other types. Blanks around a value count in texts only.
/// </summary>
internal sealed class XmlTableRows
{
    private readonly FieldScope[] scopes;
    private readonly Written[] columns;
    private readonly byte[]?[] names;
    private readonly bool keepsAscii;
    private readonly int[] anchors;
    private readonly int[] firstSlots;
    private XmlRowPlan? last;
    private long number;
    private long inUnit;

    public XmlTableRows(ContractTable table, DropName name, XmlPlan plan)
    {
        scopes = [.. table.Columns.Select(column => column.From?.Scope ?? FieldScope.Record)];
        columns = [.. table.Columns.Select(column => new Written(FieldForm.Compile(column), column.Type.Kind == ColumnKind.Text))];
        names = [.. table.Columns.Select(column => column.From is { Scope: FieldScope.FileName } from ? name.Value(from.Name) : null)];
        keepsAscii = names.All(value => value is null || Ascii.IsValid(value)) && columns.All(column => column.Form.KeepsAscii);
        anchors = new int[1 + plan.Nodes.SelectMany(node => node.Rows).Max(row => row.MostHops)];
        firstSlots = new int[anchors.Length];
        Row = new LandedRow(columns.Length);
    }

    public LandedRow Row { get; }

    public void BeginUnit() => (inUnit, last) = (0, null);

    public void Write(XmlFrames frames, int frame, XmlRowPlan plan, byte[] record, long unit, bool isAscii)
    {
        number++;
        inUnit++;
        var part = Find(frames, frame, plan);
        var fields = plan.Fields;
        if (part is { Shared: not 0 } && !Row.IsRefused)
        {
            fields = part.Fields;
            Row.BeginLike(frames.Bytes.Items, number, part.Shared);
        }
        else
        {
            Row.Begin(frames.Bytes.Items, number);
        }

        Row.IsPlainAscii = isAscii && keepsAscii;
        var slots = frames.Slots;
        foreach (var field in fields)
        {
            if (field.Places.Length > 0)
            {
                WriteValue(slots, frames.Bytes.Items, field);
            }
            else
            {
                WriteOther(field.Column, record, unit);
            }
        }
    }

    /// <summary>Finds the anchors of a row, up to the first that the row before in this unit has as well: the values there are read already.</summary>
    /// <returns>Null: it has none of that row's.</returns>
    private XmlRowPart? Find(XmlFrames frames, int frame, XmlRowPlan plan)
    {
        var isLike = last == plan;
        last = plan;
        for (var hops = 0; hops <= plan.MostHops; hops++)
        {
            if (isLike && anchors[hops] == frame)
            {
                return plan.Parts[hops];
            }

            ref readonly var anchor = ref frames[frame];
            anchors[hops] = frame;
            (firstSlots[hops], frame) = (anchor.FirstSlot, anchor.Enclosing);
        }

        return null;
    }

    private void WriteOther(int column, byte[] record, long unit)
    {
        switch (scopes[column])
        {
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
                columns[column].Form.Write(record, quoted: false, Row, column);
                break;
            case FieldScope.FileName when names[column] is { } name:
                columns[column].Form.Write(name, quoted: false, Row, column);
                break;
        }
    }

    private void WriteValue(ReadOnlySpan<XmlSlot> slots, byte[] bytes, XmlFieldPlan field)
    {
        foreach (var (hops, slot) in field.Places)
        {
            ref readonly var value = ref slots[firstSlots[hops] + slot];
            if (value.IsFilled)
            {
                WriteValue(bytes, value.Start, value.Length, field.Column);
                return;
            }
        }
    }

    private void WriteValue(byte[] bytes, int start, int length, int column)
    {
        ref readonly var written = ref columns[column];
        if (!written.IsText)
        {
            while (length > 0 && Bytes.IsBlank(bytes[start]))
            {
                (start, length) = (start + 1, length - 1);
            }

            while (length > 0 && Bytes.IsBlank(bytes[start + length - 1]))
            {
                length--;
            }
        }

        if (!written.IsPlain)
        {
            written.Form.Write(bytes.AsSpan(start, length), written.IsText, Row, column);
        }
        else if (length > 0 || written.IsText)
        {
            Row.Set(column, start, length);
        }
    }

    private void WriteNumber(int column, long value)
    {
        Utf8Formatter.TryFormat(value, Row.BeginScratch(20), out var written);
        Row.EndScratch(column, written);
    }

    private readonly record struct Written(FieldForm Form, bool IsText)
    {
        public bool IsPlain { get; } = Form.IsPlain;
    }
}
