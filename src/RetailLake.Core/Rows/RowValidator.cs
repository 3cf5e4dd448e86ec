using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows;

/// <summary>
/// The core of ValidateSlice: reads each landed object, judges every row, and writes verdicts and rejects. Rows themselves are not copied.
/// </summary>
/// <remarks>
/// A contract of one table is read once. With several tables a bad row rejects its unit, rows already passed included, so the rejects are
/// written in a second reading, and only when there are any. Reading blocks the calling thread.
/// </remarks>
public sealed class RowValidator(ILake lake, Contract contract, RunKeys keys, PersonalTokens tokens)
{
    /// <param name="attempt">Distinguishes the objects of a retried invocation.</param>
    /// <exception cref="ObjectDamagedException">A landed object is not what its manifest lists.</exception>
    /// <exception cref="BooksDoNotBalanceException">Rows or sums differ from what landing stated.</exception>
    public async Task<ValidatedManifest> ValidateAsync(LandedManifest landed, string attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(landed);
        List<ValidatedTable> done = [];
        List<TableTotals> valid = [];
        List<TableTotals> rejected = [];
        foreach (var table in landed.Tables.Where(table => table.Format == LandedReader.KeysFormat))
        {
            done.Add(await KeyValidation.ValidateAsync(lake, contract, table, cancellationToken));
            valid.Add(new TableTotals(table.Table, table.Rows, new Dictionary<string, decimal>()));
            rejected.Add(new TableTotals(table.Table, 0, new Dictionary<string, decimal>()));
        }

        var tables = landed.Tables.Where(table => table.Format != LandedReader.KeysFormat).Select(Compile).ToList();
        if (tables.Count > 0)
        {
            var objects = new SliceObjects(lake, keys, landed.Slice, attempt, tokens);
            done.AddRange(contract.Tables.Count == 1
                ? await SinglePass.RunAsync(objects, tables[0], cancellationToken)
                : await UnitValidation.RunAsync(objects, contract, tables, cancellationToken));
            foreach (var table in tables)
            {
                table.AssertLanded(landed.Landed);
                var (all, refused) = (table.All.Totals.ToTotals(), table.Rejected.Totals.ToTotals());
                rejected.Add(refused);
                valid.Add(Books.Minus(all, refused));
            }
        }

        return new ValidatedManifest(landed.Slice, done, valid, rejected);
    }

    private TableValidation Compile(LandedTable landed)
    {
        if (landed.Format != LandedReader.RowsFormat)
        {
            throw new NotSupportedByLakeException(
                $"Found the format '{landed.Format}' of '{landed.Place}'; '{LandedReader.RowsFormat}' and '{LandedReader.KeysFormat}' are read.",
                "The object stays in landing and nothing was loaded.",
                "Deploy the version of the functions that landed it.");
        }

        return new TableValidation(CompiledTable.For(contract.TableNamed(landed.Table)), landed);
    }
}
