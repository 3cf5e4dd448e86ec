using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Drops;

/// <summary>A field's text as the number that the lake stores for it: an integer, days, or microseconds UTC. For readers that order rows by a column.</summary>
public sealed class ColumnNumber(ContractColumn column)
{
    private readonly ValueParser parser = ValueParsers.For(column);

    /// <returns>False when the field is NULL, refused, or no value of the column.</returns>
    public bool TryRead(LandedRow row, int index, out long number)
    {
        ArgumentNullException.ThrowIfNull(row);
        number = 0;
        var cell = default(Cell);
        if (row.IsNull(index) || row.Refusal(index) is not null || parser.Parse(row.Field(index), ref cell) is not null || cell.State != CellState.Value)
        {
            return false;
        }

        number = cell.Value;
        return true;
    }
}
