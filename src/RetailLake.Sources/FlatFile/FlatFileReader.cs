using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// Rows of delimited or fixed records. With record types a file is header, detail records, trailer, in this order; a unit is a record of the
/// first table with the records of other tables behind it. Without them each record is a row and a unit.
/// </summary>
public abstract class FlatFileReader : DropReader
{
    /// <summary>Key in <see cref="Skipped"/>.</summary>
    public const string EmptyLine = "(empty line)";

    private static readonly RejectReason NoParent = new(RejectCode.Orphan, "a readable record of the parent table before it");

    private readonly Contract contract;
    private readonly DropContent content;
    private readonly FlatLayout layout;
    private readonly RecordScanner scanner;
    private readonly FileRecords records;
    private readonly SavedRecord header = new();
    private readonly SavedRecord parent = new();
    private readonly TablePlan[] plans;
    private readonly RowValues[] values;
    private readonly LandedRow[] rows;
    private readonly long[] numbers;
    private readonly long[] indices;
    private readonly DocumentScopes? scopes;
    private bool inDocument;
    private bool isTold;

    private protected FlatFileReader(Contract contract, DropRef drop, DropContent content, FlatLayout layout)
    {
        (this.contract, this.content, this.layout) = (contract, content, layout);
        scanner = layout.Scanner;
        var tables = contract.Tables;
        FlatFileRules.Check(contract, layout);
        records = new FileRecords(contract, layout, header);
        var name = new DropName(contract, drop, layout.Faults);
        values = [.. tables.Select(table => new RowValues(layout, table, name, header, parent))];
        plans = [.. tables.Select((table, index) => new TablePlan(table, layout, FlatFileRules.OtherFields(contract, index), values[index]))];
        rows = [.. tables.Select(table => new LandedRow(table.Columns.Count))];
        scopes = DocumentScopes.For(contract);
        (numbers, indices) = (new long[tables.Count], new long[tables.Count]);
    }

    public override IReadOnlyDictionary<string, long> Skipped => records.Skipped(scanner.EmptyLines);

    public override IReadOnlyList<TableTotals> Declared => records.Declared(numbers);

    public override DocumentScopes? Scopes => scopes;

    public override void TakeTotalsAlone()
    {
        foreach (var plan in plans)
        {
            plan.TakeTotalsAlone();
        }
    }

    public override bool Read()
    {
        while (true)
        {
            if (!inDocument)
            {
                if (!content.Next())
                {
                    return false;
                }

                OpenDocument();
            }

            if (!scanner.Read())
            {
                records.End();
                inDocument = false;
            }
            else if (records.Take(scanner) is >= 0 and var table)
            {
                Take(table);
                return true;
            }

            TellScope();
        }
    }

    public override void Dispose()
    {
        foreach (var row in rows)
        {
            row.Dispose();
        }

        records.Dispose();
        scanner.Dispose();
        content.Dispose();
        GC.SuppressFinalize(this);
    }

    private void OpenDocument()
    {
        scanner.Open(DropText.Open(content.Document, contract.Drop!.Encoding, layout.Faults), layout.SkipLines);
        records.Begin();
        DocumentNumber++;
        header.Clear();
        parent.Clear();
        (inDocument, isTold) = (true, false);
        if (!layout.HasHeaderRow)
        {
            return;
        }

        if (!scanner.Read())
        {
            throw layout.Faults.Torn($"Found no header in {layout.Faults.Where}; the contract expects one.");
        }

        var found = HeaderRow.Read(scanner, [.. plans[0].Names.Distinct(StringComparer.Ordinal)], layout.Faults);
        plans[0].Resolve(found, layout.Faults);
    }

    /// <summary>Once for each document, as soon as its header is read or it turns out to have none.</summary>
    private void TellScope()
    {
        if (scopes is not null && !isTold && (header.IsThere || contract.Drop!.Records?.Header is null))
        {
            isTold = true;
            rows[0].Begin([], numbers[0]);
            values[0].Fill(rows[0]);
            scopes.Add(rows[0]);
            values[0].Forget();
        }
    }

    private void Take(int table)
    {
        var plan = plans[table];
        var isOrphan = table > 0 && !parent.IsThere;
        if (table == 0)
        {
            BeginUnit();
            if (plans.Length > 1 && !(plan.Fits(scanner) && parent.Take(scanner, whole: false)))
            {
                parent.Clear();
            }
        }
        else if (UnitIsOver(isOrphan))
        {
            BeginUnit();
        }

        (TableIndex, Row) = (table, rows[table]);
        values[table].Place = (UnitNumber, ++indices[table]);
        records.Count(table);
        BeginRow(plan, values[table], ++numbers[table]);
        plan.Fill(Row, scanner);
        if (isOrphan && Row.RowRefusal is null)
        {
            Row.Refuse(NoParent);
        }
    }

    /// <summary>What repeats lies in the row's own scratch, so that the scanner's buffer may change. Behind a refused row nothing repeats, and a record that does not fit has nothing.</summary>
    private void BeginRow(TablePlan plan, RowValues others, long number)
    {
        var repeats = Row.IsRefused ? 0 : others.Repeats;
        if (repeats == 0 || !plan.Fits(scanner))
        {
            Row.Begin(scanner.Data, number);
        }
        else
        {
            Row.BeginLike(scanner.Data, number, repeats);
        }
    }

    /// <summary>Records before the document's first parent belong to none: each is a unit of its own. Those behind a parent that cannot be read fall with it.</summary>
    private bool UnitIsOver(bool isOrphan) => isOrphan && !records.HasParent;

    private void BeginUnit()
    {
        UnitNumber++;
        Array.Clear(indices);
    }
}
