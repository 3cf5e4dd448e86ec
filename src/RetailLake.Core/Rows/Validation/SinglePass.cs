using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>A contract of one table: verdicts and rejects in one reading.</summary>
internal static class SinglePass
{
    public static async Task<IReadOnlyList<ValidatedTable>> RunAsync(SliceObjects objects, TableValidation table, CancellationToken cancellationToken)
    {
        await using var rejects = await objects.CreateRejectsAsync(table, cancellationToken);
        using (var reader = await objects.OpenAsync(table, cancellationToken))
        {
            Judge(table, reader, rejects, cancellationToken);
            reader.Finish();
        }

        return [table.ToManifest(await objects.WriteVerdictsAsync(table, cancellationToken), await rejects.CommitAsync(cancellationToken), rejects.Counts)];
    }

    private static void Judge(TableValidation table, LandedReader reader, RejectWriter rejects, CancellationToken cancellationToken)
    {
        while (reader.Read())
        {
            if (!table.Check(reader.Row))
            {
                table.Reject(reader.Row, rejects);
            }

            if ((reader.Rows.RowNumber & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
