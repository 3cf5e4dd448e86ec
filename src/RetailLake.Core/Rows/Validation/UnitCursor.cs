using RetailLake.Core.Errors;

namespace RetailLake.Core.Rows.Validation;

/// <summary>Walks one table of a slice in the order of the parent's key, judging each row once.</summary>
internal sealed class UnitCursor(TableValidation table, LandedReader reader, UnitKey key)
{
    private readonly UnitKey previous = key.Empty();
    private long firstOfUnit;
    private bool hasPrevious;

    public UnitKey Key { get; } = key;

    public bool HasRow { get; private set; }

    /// <summary>Whether the current row breaks no rule of its own.</summary>
    public bool IsValid { get; private set; }

    public long RowNumber => reader.Rows.RowNumber;

    /// <summary>Goes to the next row that has a key; rows without one are rejected by themselves and belong to no unit.</summary>
    public void Advance()
    {
        if (HasRow)
        {
            previous.CopyFrom(Key);
            hasPrevious = true;
        }

        while (HasRow = reader.Read())
        {
            IsValid = table.Check(reader.Row);
            if (Key.TrySet(reader.Row, table.All.Cells))
            {
                AssertOrder();
                return;
            }
        }
    }

    public void BeginUnit() => firstOfUnit = HasRow ? RowNumber : RowNumber + 1;

    /// <summary>Rejects the rows from the unit's first to the one before the current.</summary>
    public void WithdrawUnit() => table.Withdraw(firstOfUnit, HasRow ? RowNumber - 1 : RowNumber);

    public void Orphan()
    {
        table.MarkOrphan(RowNumber);
        Advance();
    }

    private void AssertOrder()
    {
        if (hasPrevious && previous.Bytes.SequenceCompareTo(Key.Bytes) > 0)
        {
            throw new ObjectDamagedException(
                $"Found row {RowNumber:N0} of '{reader.Key}' before a row with a smaller key; tables of one contract are landed in the order of the parent's key (numbers by value, text byte by byte).",
                "Nothing was published.",
                "Start the work again with 'lake rerun'; if it repeats, the extract query's ORDER BY is at fault.");
        }
    }
}
