using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Drops.Extracts;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops;

/// <summary>
/// The core of LandSlice for drops. Their bytes lie in landing already and are not copied: each drop is read once, counted and summed, and
/// held against what it states of itself. Where its format is dear to read the rows are extracted on the way, for the steps behind.
/// </summary>
/// <remarks>Reading blocks the calling thread.</remarks>
public sealed class DropLander(IDropReaders readers)
{
    /// <exception cref="ObjectDamagedException">A landed object is not what the plan lists. A refused drop is no exception: the manifest says so.</exception>
    public async Task<LandedManifest> LandAsync(Contract contract, RunKeys keys, PlanSlice slice, ILake lake, string attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(slice);
        await using var extract = contract.Drop?.Format == DropFormat.Xml ? await SliceExtract.CreateAsync(lake, keys.LandingObject(slice.Number, attempt, "rows"), contract.Tables.Count, cancellationToken) : null;
        List<LandedDrop> drops = [];
        foreach (var drop in slice.Drops ?? [])
        {
            try
            {
                drops.Add(await LandAsync(contract, drop, lake, extract, cancellationToken));
            }
            catch (DropRefusedException refused)
            {
                drops.Add(new(drop, [], new Dictionary<string, long>(), new DropRefusal(refused.Code, refused.Message)));
            }
        }

        // What a drop states of itself is compared drop by drop: that of those taken is what was found.
        var found = Sum(contract, drops.SelectMany(drop => drop.Rows));
        return new(slice.Number, [.. found.Select(table => new LandedTable(table.Table, LandedTable.DropsFormat, null, table.Rows))], found, found)
        {
            Drops = drops,
            Extract = extract is null ? null : await extract.CommitAsync(cancellationToken),
        };
    }

    private async Task<LandedDrop> LandAsync(Contract contract, DropRef drop, ILake lake, SliceExtract? extract, CancellationToken cancellationToken)
    {
        using var rows = await DropRows.OpenAsync(lake, readers, contract, drop, cancellationToken);
        var totals = new DropTotals(contract, drop);
        if (extract is null)
        {
            rows.TakeTotalsAlone();
        }
        else
        {
            extract.BeginDrop();
        }

        var document = 0;
        while (rows.Read())
        {
            if (rows.DocumentNumber != document)
            {
                totals.EndDocument(rows.Declared);
                document = rows.DocumentNumber;
            }

            totals.Add(rows.TableIndex, rows.Row);
            extract?.Add(rows);
            if ((rows.Row.Number & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        rows.Finish();
        var landed = totals.Settle(rows.Declared);
        return new(drop, landed, new SortedDictionary<string, long>(rows.Skipped.ToDictionary(), StringComparer.Ordinal))
        {
            Extract = extract?.EndDrop(),
            Scopes = rows.Scopes?.Found is { Count: > 0 } scopes ? scopes : null,
        };
    }

    internal static List<TableTotals> Sum(Contract contract, IEnumerable<TableTotals> totals)
    {
        var byTable = totals.ToLookup(table => table.Table);
        return [.. contract.Tables.Select(table =>
            RunBooks.Sum(table.Name, [.. table.Columns.Where(column => column.ControlTotal).Select(column => column.Name)], byTable[table.Name]))];
    }
}
