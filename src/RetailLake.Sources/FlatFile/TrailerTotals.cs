using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Forms;
using RetailLake.Core.Runs;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// What the trailers of a drop state. Counts are compared here; sums are given out for whoever sums the columns. Both document by document, so that two
/// wrong trailers of one archive cannot make up for each other.
/// </summary>
internal sealed class TrailerTotals : IDisposable
{
    private const int ExactDigits = 28;

    private readonly IReadOnlyList<TrailerTotal> totals;
    private readonly IReadOnlyList<ContractTable> tables;
    private readonly FlatLayout layout;
    private readonly int[] slots;
    private readonly FieldForm[] forms;
    private readonly LandedRow row;
    private readonly Dictionary<string, Dictionary<string, decimal>> sums = new(StringComparer.Ordinal);
    private bool hasSums;

    public TrailerTotals(IReadOnlyList<TrailerTotal> totals, IReadOnlyList<ContractTable> tables, FlatLayout layout)
    {
        (this.totals, this.tables, this.layout) = (totals, tables, layout);
        slots = [.. totals.Select(total => layout.SlotOf(total.At.Position, total.At.Length))];
        forms = [.. totals.Select((total, index) => FieldForm.Compile($"trailer total {index + 1}", new ColumnType(ColumnKind.Decimal, "decimal") { Precision = ExactDigits }, Trimming(total.Format)))];
        row = new LandedRow(totals.Count);
        foreach (var total in totals)
        {
            Check(total);
        }
    }

    /// <summary>Of tables that a total names, in the last document with rows that has ended; rows are those read of all, which the stated counts equal.</summary>
    public IReadOnlyList<TableTotals> Declared(ReadOnlySpan<long> rows)
    {
        if (!hasSums)
        {
            return [];
        }

        List<TableTotals> declared = [];
        for (var index = 0; index < tables.Count; index++)
        {
            var table = tables[index].Name;
            if (totals.Any(total => total.Table == table))
            {
                declared.Add(new TableTotals(table, rows[index], sums.TryGetValue(table, out var found) ? found : []));
            }
        }

        return declared;
    }

    /// <param name="rows">Rows of each table in this document.</param>
    /// <param name="records">All records between its header and trailer.</param>
    public void Take(RecordScanner trailer, ReadOnlySpan<long> rows, long records)
    {
        row.Begin(trailer.Data, 1);
        var isEmpty = !rows.ContainsAnyExcept(0);
        hasSums |= !isEmpty;
        for (var index = 0; index < totals.Count; index++)
        {
            var (total, slot) = (totals[index], slots[index]);
            if (!trailer.HasWhole(slot))
            {
                throw layout.Faults.Torn($"Found a trailer of {trailer.Width:N0} {layout.Unit} in {layout.Faults.Where}; total {index + 1} stands behind them.");
            }

            forms[index].Write(trailer.Field(slot), trailer.Quoted[slot], row, index);
            if (row.IsNull(index) || row.Refusal(index) is not null || !TryRead(row.Field(index), out var stated))
            {
                throw layout.Faults.Format($"Found a trailer in {layout.Faults.Where} whose total {index + 1} is no number as the contract describes it.");
            }

            if (total.Column is not null && isEmpty && stated != 0)
            {
                throw layout.Faults.Totals($"Found no row in {layout.Faults.Where}; its trailer states another sum of '{total.Table}.{total.Column}' than 0.");
            }

            if (total.Column is not null && !isEmpty)
            {
                var of = sums.TryGetValue(total.Table!, out var known) ? known : sums[total.Table!] = new(StringComparer.Ordinal);
                of[total.Column] = stated;
            }
            else if (total.Column is null)
            {
                Compare(total, stated, total.Table is null ? records : rows[IndexOf(total.Table)]);
            }
        }
    }

    public void Dispose() => row.Dispose();

    private void Compare(TrailerTotal total, decimal stated, long found)
    {
        if (stated != found)
        {
            throw layout.Faults.Totals(string.Create(
                CultureInfo.InvariantCulture,
                $"Found {found:N0} {(total.Table is null ? "records between header and trailer" : $"rows of '{total.Table}'")} in {layout.Faults.Where}; its trailer states {stated:N0}."));
        }
    }

    private void Check(TrailerTotal total)
    {
        if (total.Table is null ? total.Column is not null : IndexOf(total.Table) < 0 || (total.Column is not null && tables[IndexOf(total.Table)].Columns.All(column => column.Name != total.Column)))
        {
            throw layout.Faults.Contract($"Found a trailer total of '{total.Table}.{total.Column}', which is no table or column");
        }
    }

    private int IndexOf(string table)
    {
        for (var index = 0; index < tables.Count; index++)
        {
            if (tables[index].Name == table)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>More digits than a decimal holds would be rounded without a word.</summary>
    private static bool TryRead(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        return text.TrimStart("-0."u8).Length <= ExactDigits
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && text[0] != '+';
    }

    private static FieldFormat Trimming(FieldFormat? format) => (format ?? new FieldFormat()) with { Trim = true };
}
