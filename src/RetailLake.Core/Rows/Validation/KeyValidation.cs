using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>Keys of a sweep: one that cannot be read is an error and no reject, for a key left out would delete its row in the warehouse.</summary>
internal static class KeyValidation
{
    public static async Task<ValidatedTable> ValidateAsync(ILake lake, Contract contract, LandedTable landed, CancellationToken cancellationToken)
    {
        var table = CompiledTable.ForKeys(contract.TableNamed(landed.Table));
        var check = new RowCheck(table);
        using (var reader = await LandedReader.OpenAsync(lake, landed, table.Columns.Count, cancellationToken))
        {
            while (reader.Read())
            {
                if (!check.Check(reader.Rows))
                {
                    throw Unreadable(reader, check.Reasons[0]);
                }
            }

            reader.Finish();
        }

        return new(landed.Table, landed.Rows, landed.Rows, 0, null, null, new Dictionary<string, long>(), table.Columns.ToDictionary(column => column.Name, _ => 0L));
    }

    private static ObjectDamagedException Unreadable(LandedReader reader, RowReason reason) => new(
        $"Found a key on row {reader.Rows.RowNumber:N0} of '{reader.Key}' that column '{reason.Column}' refuses ({reason.Reason.Code}); expected {reason.Reason.Expected}.",
        "Nothing was loaded and nothing was deleted.",
        "Correct the key's type in the contract, then start the work again with 'lake rerun'.");
}
