using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>How a record becomes a row of one table: where each column's value stands and how it is written.</summary>
internal sealed class TablePlan
{
    private readonly RowValues values;
    private readonly int leastNames;
    private RecordField[] fields;
    private bool arePlain;
    private bool areInOrder;
    private bool keepsAscii;
    private bool takesValues = true;
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
        Names = [.. own.Where(field => field.Name is not null).Select(field => field.Name!)];
        SeeOrder();
        keepsAscii = values.KeepAscii && own.TrueForAll(field => field.Form.KeepsAscii);
        sources.AddRange(others);
        shape = layout.ShapeOf(sources);
        leastNames = shape.Least;
        otherWidth = new RejectReason(RejectCode.Columns, shape.Expected);
    }

    /// <summary>Names that a header row must have.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc cref="Core.Rows.Drops.DropReader.TakeTotalsAlone"/>
    public void TakeTotalsAlone()
    {
        fields = [.. fields.Where(field => field.IsTotal)];
        SeeOrder();
        (keepsAscii, takesValues) = (false, values.HasTotals);
    }

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

        SeeOrder();
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

        if (areInOrder)
        {
            SetInOrder(row, scanner);
        }
        else if (arePlain && !scanner.HasQuoted)
        {
            SetFields(row, scanner.Starts, scanner.Ends);
        }
        else
        {
            WriteFields(row, scanner);
        }

        if (takesValues)
        {
            values.Fill(row);
        }

        row.IsPlainAscii = keepsAscii && values.ArePlainAscii && scanner.IsPlainAscii;
    }

    private void SeeOrder()
    {
        arePlain = Array.TrueForAll(fields, field => field.IsPlain);
        areInOrder = arePlain && fields.Length > 0 && fields.Index().All(field => field.Item.Column == fields[0].Column + field.Index && field.Item.Slot == fields[0].Slot + field.Index);
    }

    /// <summary>Fields that are taken as they are written, each column's behind that of the column before.</summary>
    private void SetInOrder(LandedRow row, RecordScanner scanner)
    {
        ref readonly var first = ref fields[0];
        if (!row.Set(first.Column, scanner.Starts.AsSpan(first.Slot, fields.Length), scanner.Ends.AsSpan(first.Slot, fields.Length)) || !scanner.HasQuoted)
        {
            return;
        }

        foreach (ref readonly var field in fields.AsSpan())
        {
            if (field.IsText && scanner.Quoted[field.Slot] && scanner.Starts[field.Slot] == scanner.Ends[field.Slot])
            {
                row.Set(field.Column, scanner.Starts[field.Slot], 0);
            }
        }
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
        public readonly bool IsTotal = contract.ControlTotal;
        public readonly bool IsText = contract.Type.Kind is ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary;
        public readonly string? Name = name;
        public readonly FieldForm Form = form;
        public int Slot = slot;
    }
}
