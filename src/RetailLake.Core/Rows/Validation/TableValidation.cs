using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>What is known of one landed table while its slice is judged.</summary>
internal sealed class TableValidation(CompiledTable table, LandedTable landed)
{
    private static readonly RowReason UnitRejected = new(null, new RejectReason(RejectCode.UnitRejected, "that all rows of the unit are valid"));
    private static readonly RowReason Orphan = new(null, new RejectReason(RejectCode.Orphan, "a row of the parent table with this key in the slice (of a drop: in the unit)"));

    private readonly List<RowReason> reasons = [];
    private VerdictBits? orphans;

    public CompiledTable Table { get; } = table;

    public LandedTable Landed { get; } = landed;

    /// <summary>All rows; valid = all − rejected.</summary>
    public RowCheck All { get; } = new(table);

    public RowCheck Rejected { get; } = new(table);

    public VerdictBits Verdicts { get; } = new(landed.Rows);

    /// <summary>Rows that are not valid, by themselves or with their unit.</summary>
    public long RejectedRows { get; private set; }

    /// <summary>Judges the reader's current row by itself.</summary>
    public bool Check<TRow>(TRow row)
        where TRow : struct, IRow
    {
        var valid = All.Check(row);
        if (valid)
        {
            Verdicts[row.SliceNumber - 1] = true;
        }
        else
        {
            RejectedRows++;
        }

        return valid;
    }

    public void MarkOrphan(long rowNumber) => MarkOrphans(rowNumber, rowNumber);

    public void MarkOrphans(long firstNumber, long lastNumber)
    {
        orphans ??= new VerdictBits(Landed.Rows);
        for (var number = firstNumber; number <= lastNumber; number++)
        {
            orphans[number - 1] = true;
        }

        Withdraw(firstNumber, lastNumber);
    }

    /// <summary>Takes back the verdict of valid rows.</summary>
    public void Withdraw(long firstNumber, long lastNumber)
    {
        for (var number = firstNumber; number <= lastNumber; number++)
        {
            if (Verdicts[number - 1])
            {
                Verdicts[number - 1] = false;
                RejectedRows++;
            }
        }
    }

    /// <summary>Writes a rejected row with all its reasons; its values leave the valid totals.</summary>
    public void Reject<TRow>(TRow row, RejectWriter rejects)
        where TRow : struct, IRow
    {
        Rejected.Check(row);
        reasons.Clear();
        reasons.AddRange(Rejected.Reasons);
        if (orphans?[row.SliceNumber - 1] == true)
        {
            reasons.Add(Orphan);
        }

        if (reasons.Count == 0)
        {
            reasons.Add(UnitRejected);
        }

        rejects.Write(row, reasons);
    }

    public ValidatedTable ToManifest(LakeObject? verdicts, LakeObject? rejects, IReadOnlyDictionary<string, long> reasonCounts)
    {
        Dictionary<string, long> nulls = [];
        for (var index = 0; index < Table.Columns.Count; index++)
        {
            nulls[Table.Columns[index].Name] = All.NullCounts[index] - Rejected.NullCounts[index];
        }

        return new(Table.Table.Name, Landed.Rows, Landed.Rows - RejectedRows, RejectedRows, verdicts, rejects, reasonCounts, nulls);
    }

    /// <summary>What was read is what landing had counted and summed.</summary>
    public void AssertLanded(IReadOnlyList<TableTotals> landedTotals)
    {
        var wanted = landedTotals.FirstOrDefault(totals => totals.Table == Table.Table.Name);
        if (wanted is null)
        {
            return;
        }

        Books.AssertEqual("landing and validation", Landed.Place, wanted, All.Totals.ToTotals());
    }
}
