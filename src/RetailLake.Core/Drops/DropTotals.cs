using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops;

/// <summary>
/// Counts and sums of one drop, held against what its trailer and its control file state. A row that was refused counts as a row; it and a
/// refused field count as 0 in sums, as they do in validation, so that landed = valid + rejected.
/// </summary>
internal sealed class DropTotals
{
    private readonly Contract contract;
    private readonly DropRef drop;
    private readonly ControlTotals[] counted;
    private readonly long[] unread;

    // Sums up to the document that is being read.
    private readonly IReadOnlyDictionary<string, decimal>[] before;

    public DropTotals(Contract contract, DropRef drop)
    {
        this.contract = contract;
        this.drop = drop;
        counted = [.. contract.Tables.Select(ControlTotals.For)];
        unread = new long[counted.Length];
        before = [.. counted.Select(totals => totals.ToTotals().Sums)];
    }

    public void Add(int table, LandedRow row)
    {
        var totals = counted[table];
        if (row.RowRefusal is null)
        {
            foreach (var column in totals.Indices)
            {
                if (row.Refusal(column) is not null || (!row.IsNull(column) && !totals.Add(column, row.Field(column))))
                {
                    unread[table]++;
                }
            }
        }
        else
        {
            unread[table]++;
        }

        totals.EndRow();
    }

    /// <summary>After the last row of each document: its own sums are compared, or two wrong files of an archive could make up for each other.</summary>
    /// <exception cref="DropRefusedException">A stated sum is not what was found.</exception>
    public void EndDocument(IReadOnlyList<TableTotals> declared)
    {
        for (var index = 0; index < counted.Length; index++)
        {
            var found = counted[index].ToTotals();
            CompareSums(index, found, declared.FirstOrDefault(totals => totals.Table == found.Table));
            before[index] = found.Sums;
        }
    }

    /// <returns>What was counted of each table, which is also what the drop states, as far as it states anything; sums of control-total columns.</returns>
    /// <exception cref="DropRefusedException">A stated total is not what was found.</exception>
    public IReadOnlyList<TableTotals> Settle(IReadOnlyList<TableTotals> declared)
    {
        List<TableTotals> landed = [];
        for (var index = 0; index < counted.Length; index++)
        {
            var table = contract.Tables[index];
            var found = counted[index].ToTotals();
            var stated = declared.FirstOrDefault(totals => totals.Table == table.Name);
            Compare(index, found, stated);
            CompareSums(index, found, stated);
            landed.Add(found);
        }

        return landed;
    }

    private void Compare(int index, TableTotals found, TableTotals? stated)
    {
        // Of a released drop it is what an earlier contract read; today's may say that nothing states rows.
        if (index == 0 && contract.Drop?.Proof.Control?.Rows is not null && drop.DeclaredRows is { } rows && rows != found.Rows)
        {
            throw Refused($"{found.Rows:N0} rows of table '{found.Table}'", "control file", $"{rows:N0}", index);
        }

        if (stated is { Rows: >= 0 } && stated.Rows != found.Rows)
        {
            throw Refused($"{found.Rows:N0} rows of table '{found.Table}'", "trailer", $"{stated.Rows:N0}", index);
        }
    }

    private void CompareSums(int index, TableTotals found, TableTotals? stated)
    {
        foreach (var (column, sum) in stated?.Sums ?? new Dictionary<string, decimal>())
        {
            if (!found.Sums.TryGetValue(column, out var all))
            {
                throw new InvalidOperationException($"Found a stated total of '{found.Table}.{column}' in drop '{drop.Id}', which is no control total of the contract. Nothing was landed. Report the drop: its reader is at fault.");
            }

            var summed = all - before[index][column];
            if (summed != sum)
            {
                throw Refused($"a sum of {Text(summed)} in '{found.Table}.{column}'", "trailer", Text(sum), index);
            }
        }
    }

    private DropRefusedException Refused(string found, string where, string stated, int index) => new(
        DropRefusalCode.Totals,
        $"Found {found} in drop '{drop.Id}'{(unread[index] == 0 ? "" : $" ({unread[index]:N0} of its values cannot be read and count as 0)")}; its {where} states {stated}.",
        "Nothing of the drop is loaded; its bytes stay in landing.",
        "Ask the sender for a complete file, the drop itself and not its control file alone: sent again with a later time or number it is a new version and is taken. "
        + "When the contract is wrong, correct it, then 'lake quarantine release'.");

    private static string Text(decimal sum) => sum.ToString(CultureInfo.InvariantCulture);
}
