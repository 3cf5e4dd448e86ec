using RetailLake.Core.Rows.Columns;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Rows.Rules;

namespace RetailLake.Core.Rows;

/// <summary>Judges rows of one table and adds them up; one per thread. Allocates nothing per row.</summary>
public sealed class RowCheck(CompiledTable table)
{
    private readonly CompiledColumn[] columns = table.Compiled;
    private readonly ComparisonRule[] comparisons = table.Comparisons;
    private readonly Cell[] cells = new Cell[table.Columns.Count];
    private readonly bool[] isKey = [.. table.Columns.Select(column => table.Table.Key.Contains(column.Name))];
    private readonly long[] nulls = new long[table.Columns.Count];
    private readonly List<RowReason> reasons = [];
    private long lastNumber = -1;

    /// <summary>Of all rows checked, good or bad.</summary>
    public ControlTotals Totals { get; } = ControlTotals.For(table);

    /// <summary>All reasons against the row checked last.</summary>
    public IReadOnlyList<RowReason> Reasons => reasons;

    /// <summary>NULLs by column of all rows checked.</summary>
    public ReadOnlySpan<long> NullCounts => nulls;

    internal ReadOnlySpan<Cell> Cells => cells;

    /// <returns>Whether the row breaks no rule.</returns>
    public bool Check(TabReader row) => Check(new TabRow(row));

    internal bool Check<TRow>(TRow row)
        where TRow : struct, IRow
    {
        // A field that was found good in the row before is not judged again; its cell is still there.
        var known = reasons.Count == 0 && row.SliceNumber == lastNumber + 1 ? row.Repeats : 0;
        lastNumber = row.SliceNumber;
        if (reasons.Count > 0)
        {
            reasons.Clear();
        }

        if (row.IsRefused && row.RowRefusal is { } refused)
        {
            RefuseRow(refused);
            return false;
        }

        if (row.Change != RowChange.Upsert)
        {
            CheckKey(row);
            return reasons.Count == 0;
        }

        var isAscii = row.IsPlainAscii;
        for (var index = 0; index < columns.Length; index++)
        {
            if (!ColumnBits.Has(known, index))
            {
                CheckColumn(row, index, isAscii, columns[index], ref cells[index]);
            }
            else if (cells[index].State == CellState.Null)
            {
                nulls[index]++;
            }
        }

        foreach (var comparison in comparisons)
        {
            if (!comparison.Holds(cells))
            {
                Refuse(comparison.Column, comparison.Reason);
            }
        }

        Totals.AddRow(cells);
        return reasons.Count == 0;
    }

    /// <summary>What goes breaks no rule but that of its key, and has nothing else.</summary>
    private void CheckKey<TRow>(TRow row)
        where TRow : struct, IRow
    {
        for (var index = 0; index < columns.Length; index++)
        {
            ref var cell = ref cells[index];
            if (row.Change == RowChange.Delete && isKey[index])
            {
                CheckColumn(row, index, row.IsPlainAscii, columns[index], ref cell);
            }
            else
            {
                cell.State = CellState.Null;
            }
        }

        Totals.AddRow(cells);
    }

    /// <summary>Nothing of the row is parsed: nobody knows which field is which. It counts as a row, and 0 in every sum, at this hop as at all others.</summary>
    private void RefuseRow(RejectReason reason)
    {
        foreach (ref var cell in cells.AsSpan())
        {
            cell.State = CellState.Bad;
        }

        reasons.Add(new RowReason(null, reason));
        Totals.AddRow(cells);
    }

    private void CheckColumn<TRow>(TRow row, int index, bool isAscii, CompiledColumn column, ref Cell cell)
        where TRow : struct, IRow
    {
        if (row.IsRefused && row.Refusal(index) is { } unread)
        {
            cell.State = CellState.Bad;
            Refuse(index, unread);
            return;
        }

        if (row.IsNull(index))
        {
            CountNull(index, column, ref cell);
            return;
        }

        var text = row.Field(index);
        cell.State = CellState.Value;
        if ((isAscii && column.Text is { } plain ? plain.ParseAscii(text) : column.Parser.Parse(text, ref cell)) is { } refused)
        {
            cell.State = CellState.Bad;
            Refuse(index, refused);
            return;
        }

        if (cell.State == CellState.Null || (column.HasDummies && column.IsDummy(text)))
        {
            CountNull(index, column, ref cell);
            return;
        }

        foreach (var rule in column.Rules)
        {
            if (!rule.Holds(text, cell))
            {
                Refuse(index, rule.Reason);
            }
        }
    }

    private void CountNull(int index, CompiledColumn column, ref Cell cell)
    {
        cell.State = CellState.Null;
        nulls[index]++;
        if (column.Missing is { } missing)
        {
            Refuse(index, missing);
        }
    }

    private void Refuse(int index, RejectReason reason) => reasons.Add(new RowReason(columns[index].Column.Name, reason));
}
