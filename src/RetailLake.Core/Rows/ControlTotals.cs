using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Columns;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows;

/// <summary>
/// Rows and exact sums of a table's control-total columns, by the same parser at every hop. A NULL, and text that is no value of the
/// column's type, counts as 0: such a row is rejected, and so landed = valid + rejected holds to the last digit.
/// </summary>
public sealed class ControlTotals
{
    private readonly string table;
    private readonly IReadOnlyList<ContractColumn> columns;
    private readonly ValueParser?[] parsers;
    private readonly Int128[] sums;

    private ControlTotals(string table, IReadOnlyList<ContractColumn> columns)
    {
        this.table = table;
        this.columns = columns;
        parsers = [.. columns.Select(ParserOf)];
        sums = new Int128[columns.Count];
        Indices = [.. Enumerable.Range(0, columns.Count).Where(index => parsers[index] is not null)];
    }

    public long Rows { get; private set; }

    /// <summary>The columns that have a sum, by their index in the table.</summary>
    internal int[] Indices { get; }

    public static ControlTotals For(ContractTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table.Name, table.Columns);
    }

    internal static ControlTotals For(CompiledTable table) => new(table.Table.Name, table.Columns);

    /// <summary>Adds a field of the row if its column has a control total; NULLs need not be given.</summary>
    /// <returns>False when the text is no value of the column's type, and counts as 0.</returns>
    public bool Add(int column, ReadOnlySpan<byte> text)
    {
        var cell = default(Cell);
        if (parsers[column] is { } parser)
        {
            if (parser.Parse(text, ref cell) is not null)
            {
                return false;
            }

            sums[column] += cell.Value;
        }

        return true;
    }

    public void EndRow() => Rows++;

    public TableTotals ToTotals() => new(table, Rows, Indices.ToDictionary(index => columns[index].Name, Sum));

    internal void AddRow(ReadOnlySpan<Cell> row)
    {
        Rows++;
        foreach (var index in Indices)
        {
            ref readonly var cell = ref row[index];
            if (cell.State == CellState.Value)
            {
                sums[index] += cell.Value;
            }
        }
    }

    private decimal Sum(int index)
    {
        var unscaled = sums[index];
        var scale = columns[index].Type.Kind == ColumnKind.Decimal ? columns[index].Type.Scale : 0;
        var magnitude = (UInt128)Int128.Abs(unscaled);
        return magnitude >> 96 == 0
            ? new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), Int128.IsNegative(unscaled), (byte)scale)
            : throw new OverflowException($"Found a sum of '{table}.{columns[index].Name}' beyond 28 digits. Nothing was published. Take its control total away in the contract.");
    }

    private static ValueParser? ParserOf(ContractColumn column) => !column.ControlTotal
        ? null
        : column.Type.Kind is ColumnKind.Int32 or ColumnKind.Int64 || column.Type is { Kind: ColumnKind.Decimal, Precision: <= 18 }
            ? ValueParsers.For(column)
            : throw new ContractInvalidException(
                $"Found a control total on column '{column.Name}' of type '{column.Type.SourceType}'; integers and decimals of at most 18 digits are summed.",
                "Nothing was read.",
                "Take the control total away in the contract.");
}
