using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows;

/// <summary>The core of ValidateSlice for drops: judges every row and every unit, and writes verdicts and rejects. Rows themselves are not copied.</summary>
/// <remarks>Drops that landing refused are not read. Reading blocks the calling thread.</remarks>
public sealed class DropValidator(ILake lake, Contract contract, RunKeys keys, PersonalTokens tokens, IDropReaders readers)
{
    /// <param name="attempt">Distinguishes the objects of a retried invocation.</param>
    /// <exception cref="ObjectDamagedException">A landed object is not what its manifest lists.</exception>
    /// <exception cref="BooksDoNotBalanceException">Rows or sums differ from what landing stated.</exception>
    public async Task<ValidatedManifest> ValidateAsync(LandedManifest landed, string attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(landed);
        List<TableValidation> tables = [.. contract.Tables.Select(table => new TableValidation(CompiledTable.For(table), landed.DropTable(table.Name)))];
        var objects = new SliceObjects(lake, keys, landed.Slice, attempt, tokens);
        var done = await new DropValidation(objects, new(lake, readers, contract, landed), contract, tables).RunAsync(cancellationToken);
        List<TableTotals> valid = [];
        List<TableTotals> rejected = [];
        foreach (var table in tables)
        {
            table.AssertLanded(landed.Landed);
            var (all, refused) = (table.All.Totals.ToTotals(), table.Rejected.Totals.ToTotals());
            rejected.Add(refused);
            valid.Add(Books.Minus(all, refused));
        }

        return new(landed.Slice, done, valid, rejected);
    }
}
