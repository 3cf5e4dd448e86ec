using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>How a record becomes a row of one table: where each column's value stands and how it is written.</summary>
internal sealed class TablePlan
{
    private readonly RecordField[] fields;
    private readonly RowValues values;
    private readonly bool arePlain;
    private readonly bool keepsAscii;
    private readonly int leastNames;
    private RecordShape shape;
    private RejectReason otherWidth;

    /// <param name="others">Places outside the table's own columns that its records must have: the record type, and what children take.</param>
    public TablePlan(ContractTable table, FlatLayout layout, IEnumerable<(FieldSource From, ContractColumn? Column)> others, RowValues values)
    {
        this.values = values;
        var own = new List<RecordField>();
        var sources = new List<(FieldSource From, ContractColumn? Column)>();
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var column = table.Columns[index];
            var from = column.From ?? new FieldSource(FieldScope.Record, column.SourceName);
            var form = FieldForm.Compile(column);
            if (from.Scope != FieldScope.Record)
            {
                values.Add(index, column, from, form);
                continue;
            }

            if (from.Position == 0 && (from.Name is null || !layout.HasHeaderRow))
            {
                throw layout.Faults.Contract($"Found no place for column '{table.Name}.{column.Name}', and no name to look for in a header row");
            }

            own.Add(new RecordField(index, column, from.Position == 0 ? -1 : layout.SlotOf(from.Position, from.Length), from.Position == 0 ? from.Name : null, form));
            sources.Add((from, column));
        }

        fields = [.. own];
        arePlain = own.TrueForAll(field => field.IsPlain);
        keepsAscii = values.KeepAscii && own.TrueForAll(field => field.Form.KeepsAscii);
        sources.AddRange(others);
        shape = layout.ShapeOf(sources);
        leastNames = shape.Least;
        otherWidth = new RejectReason(RejectCode.Columns, shape.Expected);
    }

    /// <summary>Names that a header row must have.</summary>
    public IEnumerable<string> Names => fields.Where(place => place.Name is not null).Select(place => place.Name!);

    /// <summary>Takes the header of the next document.</summary>
    public void Resolve(HeaderRow header, DropFaults faults)
    {
        if (header.Width < leastNames)
        {
            throw faults.Format($"Found a header of {header.Width:N0} names in {faults.Where}; the contract takes field {leastNames:N0}.");
        }

        foreach (ref var field in fields.AsSpan())
        {
            field.Slot = field.Name is null ? field.Slot : header.SlotOf(field.Name);
        }

        (shape, otherWidth) = (shape with { Least = header.Width, Most = header.Width }, new RejectReason(RejectCode.Columns, $"{header.Width} fields"));
    }

    /// <summary>Whether the record has the table's fields.</summary>
    public bool Fits(RecordScanner scanner) => scanner.Refusal is null && scanner.Width >= shape.Least && scanner.Width <= shape.Most;

    /// <summary>Fills the row begun. A record that does not fit leaves all fields NULL: none may stand in another's place.</summary>
    public void Fill(LandedRow row, RecordScanner scanner)
    {
        if (!Fits(scanner))
        {
            row.Refuse(scanner.Refusal ?? otherWidth);
            return;
        }

        if (arePlain && !scanner.HasQuoted)
        {
            SetFields(row, scanner.Starts, scanner.Ends);
        }
        else
        {
            WriteFields(row, scanner);
        }

        values.Fill(row);
        row.IsPlainAscii = keepsAscii && values.ArePlainAscii && scanner.IsPlainAscii;
    }

    /// <summary>Fields that are taken as they are written, and an empty one is NULL.</summary>
    private void SetFields(LandedRow row, int[] starts, int[] ends)
    {
        foreach (ref readonly var field in fields.AsSpan())
        {
            var start = starts[field.Slot];
            var length = ends[field.Slot] - start;
            if (length > 0)
            {
                row.Set(field.Column, start, length);
            }
        }
    }

    private void WriteFields(LandedRow row, RecordScanner scanner)
    {
        var (starts, ends, quoted) = (scanner.Starts, scanner.Ends, scanner.Quoted);
        foreach (ref readonly var field in fields.AsSpan())
        {
            var slot = field.Slot;
            var (start, length) = (starts[slot], ends[slot] - starts[slot]);
            if (!field.IsPlain)
            {
                field.Form.Write(scanner.Data.AsSpan(start, length), quoted[slot], row, field.Column);
            }
            else if (length > 0 || (quoted[slot] && field.IsText))
            {
                row.Set(field.Column, start, length);
            }
        }
    }

    private struct RecordField(int column, ContractColumn contract, int slot, string? name, FieldForm form)
    {
        public readonly int Column = column;
        public readonly bool IsPlain = form.IsPlain;
        public readonly bool IsText = contract.Type.Kind is ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary;
        public readonly string? Name = name;
        public readonly FieldForm Form = form;
        public int Slot = slot;
    }
}
