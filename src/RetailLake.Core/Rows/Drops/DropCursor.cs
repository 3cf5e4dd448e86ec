using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

/// <summary>One taken drop of a slice as the steps after landing read it: rows are numbered on through the slice, and are those that landing counted.</summary>
internal sealed class DropCursor : IDisposable
{
    private readonly IDropRows rows;
    private readonly TakenDrop taken;

    public DropCursor(IDropRows rows, TakenDrop taken)
    {
        this.rows = rows;
        this.taken = taken;
    }

    public int TableIndex => rows.TableIndex;

    public long UnitNumber => rows.UnitNumber;

    public DropRow Row => new(rows.Row, taken.Before[rows.TableIndex], rows.UnitNumber, Origin?.Change ?? RowChange.Upsert, rows.RecordOffset);

    /// <summary>Null: the drop's.</summary>
    public RowOrigin? Origin => rows.Origin;

    public static async Task<DropCursor> OpenAsync(ILake lake, IDropReaders readers, Contract contract, TakenDrop taken, CancellationToken cancellationToken)
    {
        try
        {
            return new(await DropRows.OpenAsync(lake, readers, contract, taken.Drop, cancellationToken), taken);
        }
        catch (DropRefusedException refused)
        {
            throw RefusedLater(taken, refused);
        }
    }

    public bool Read(CancellationToken cancellationToken)
    {
        try
        {
            if (!rows.Read())
            {
                return false;
            }
        }
        catch (DropRefusedException refused)
        {
            throw RefusedLater(taken, refused);
        }

        var number = rows.Row.Number;
        if (number > taken.Rows[rows.TableIndex])
        {
            throw OtherCount(rows.TableIndex);
        }

        if ((number & 0xFFF) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <summary>After the last row: proves the stored bytes and the rows of each table.</summary>
    public void Finish()
    {
        rows.Finish();
        for (var table = 0; table < taken.Rows.Count; table++)
        {
            if (rows.Counts[table] != taken.Rows[table])
            {
                throw OtherCount(table);
            }
        }
    }

    public void Dispose() => rows.Dispose();

    private BooksDoNotBalanceException OtherCount(int table) => new(
        $"Found {rows.Counts[table]:N0} rows of table {table + 1} in '{taken.Drop.Object.Key}' after landing; landing counted {taken.Rows[table]:N0}.",
        "Nothing was published.",
        "Start the work again with 'lake rerun'.");

    private static BooksDoNotBalanceException RefusedLater(TakenDrop taken, DropRefusedException refused) => new(
        $"Found '{taken.Drop.Object.Key}' refused ({refused.Code}) after landing had taken it: {refused.Found}",
        "Nothing was published.",
        "Start the work again with 'lake rerun'.");
}

/// <param name="Rows">By the index of their table.</param>
/// <param name="Before">Rows of the drops before this one in the slice, by the index of their table.</param>
internal sealed record TakenDrop(DropRef Drop, IReadOnlyList<long> Rows, IReadOnlyList<long> Before, DropExtract? Extract)
{
    /// <summary>The drops of a slice that landing did not refuse, in its order.</summary>
    public static IReadOnlyList<TakenDrop> Of(LandedManifest landed, Contract contract)
    {
        var before = new long[contract.Tables.Count];
        List<TakenDrop> taken = [];
        foreach (var drop in (landed.Drops ?? []).Where(drop => drop.Refused is null))
        {
            long[] rows = [.. contract.Tables.Select(table => drop.Rows.FirstOrDefault(totals => totals.Table == table.Name)?.Rows ?? 0)];
            taken.Add(new(drop.Drop, rows, [.. before], drop.Extract));
            for (var table = 0; table < before.Length; table++)
            {
                before[table] += rows[table];
            }
        }

        return taken;
    }
}
