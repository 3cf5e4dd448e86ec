using System.Buffers.Text;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>The values of a table's rows that do not stand in their own record: of the parent, the file's header, the file's name, and numbers.</summary>
internal sealed class RowValues(FlatLayout layout, ContractTable table, DropName name, SavedRecord header, SavedRecord parent)
{
    private readonly List<(int Column, SavedRecord Record, int Field, FieldForm Form)> saved = [];
    private readonly List<(int Column, byte[]? Value, FieldForm Form)> constants = [];
    private readonly List<(int Column, FieldScope Scope)> numbers = [];

    // Columns of all values but numbers, as bits, and the records that they were written from last.
    private ulong kept;
    private (long Header, long Parent) written = (-1, -1);
    private bool hasHeader;
    private bool hasParent;

    /// <summary>Number of the current row's unit, and of the row among those of its table in the unit.</summary>
    public (long Unit, long Index) Place { get; set; }

    public bool KeepAscii => saved.TrueForAll(value => value.Form.KeepsAscii) && constants.TrueForAll(value => value.Value is null || (Ascii.IsValid(value.Value) && value.Form.KeepsAscii));

    public bool ArePlainAscii => saved.Count == 0 || (header.IsPlainAscii && parent.IsPlainAscii);

    /// <summary>Whether any of them has a control total.</summary>
    public bool HasTotals { get; private set; }

    /// <summary>Bits of the columns whose values are those written last.</summary>
    public ulong Repeats => written == Current ? kept : 0;

    private (long Header, long Parent) Current => (hasHeader ? header.Version : 0, hasParent ? parent.Version : 0);

    public void Add(int column, ContractColumn contract, FieldSource from, FieldForm form)
    {
        HasTotals |= contract.ControlTotal;
        switch (from.Scope)
        {
            case FieldScope.Parent or FieldScope.Header when from.Position > 0:
                var record = from.Scope == FieldScope.Parent ? parent : header;
                hasHeader |= record == header;
                hasParent |= record == parent;
                Keep(column);
                saved.Add((column, record, record.Keep(layout.SlotOf(from.Position, from.Length)), form));
                break;
            case FieldScope.FileName:
                Keep(column);
                constants.Add((column, name.Value(from.Name), form));
                break;
            case FieldScope.RecordType:
                Keep(column);
                constants.Add((column, table.Record is null ? null : Encoding.UTF8.GetBytes(table.Record), form));
                break;
            case FieldScope.RowNumber or FieldScope.UnitNumber or FieldScope.IndexInUnit:
                numbers.Add((column, from.Scope));
                break;
            default:
                throw layout.Faults.Contract($"Found no place of column '{table.Name}.{contract.Name}' in the {(from.Scope == FieldScope.Parent ? "parent record" : "header")}");
        }
    }

    /// <summary>Fills a row; one that was begun with <see cref="Repeats"/> has all but its numbers.</summary>
    public void Fill(LandedRow row)
    {
        if (row.Repeats == 0)
        {
            Write(row);
            written = Current;
        }

        foreach (var (column, scope) in numbers)
        {
            var number = scope switch { FieldScope.RowNumber => row.Number, FieldScope.UnitNumber => Place.Unit, _ => Place.Index };
            Utf8Formatter.TryFormat(number, row.BeginScratch(20), out var length);
            row.EndScratch(column, length);
        }
    }

    /// <summary>The row filled last was none of the table's.</summary>
    public void Forget() => written = (-1, -1);

    private void Write(LandedRow row)
    {
        foreach (var (column, record, field, form) in saved)
        {
            if (record.IsThere)
            {
                form.Write(record.Field(field), record.IsQuoted(field), row, column);
            }
        }

        foreach (var (column, value, form) in constants)
        {
            if (value is not null)
            {
                form.Write(value, quoted: false, row, column);
            }
        }
    }

    private void Keep(int column) => kept |= table.Columns.Count <= ColumnBits.Most ? ColumnBits.Of([column]) : 0;
}
