using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>A contract of several tables: verdicts by unit, then the rejects of each table that has any.</summary>
internal static class UnitValidation
{
    public static async Task<IReadOnlyList<ValidatedTable>> RunAsync(
        SliceObjects objects, Contract contract, IReadOnlyList<TableValidation> tables, CancellationToken cancellationToken)
    {
        await JudgeAsync(objects, contract, tables, cancellationToken);
        List<ValidatedTable> done = [];
        foreach (var table in tables)
        {
            done.Add(table.RejectedRows == 0
                ? table.ToManifest(null, null, new Dictionary<string, long>())
                : await RejectAsync(objects, table, cancellationToken));
        }

        return done;
    }

    private static async Task JudgeAsync(
        SliceObjects objects, Contract contract, IReadOnlyList<TableValidation> tables, CancellationToken cancellationToken)
    {
        var parent = tables.FirstOrDefault(table => table.Table.Table.Name == contract.Parent.Name);
        var children = tables.Where(table => table != parent).ToList();
        var (parentKey, childKeys) = UnitKey.For(parent?.Table ?? CompiledTable.For(contract.Parent), [.. children.Select(child => child.Table)]);
        List<LandedReader> readers = [];
        try
        {
            var head = parent is null ? null : new UnitCursor(parent, await OpenAsync(parent), parentKey);
            List<UnitCursor> cursors = [];
            for (var index = 0; index < children.Count; index++)
            {
                cursors.Add(new UnitCursor(children[index], await OpenAsync(children[index]), childKeys[index]));
            }

            new UnitPass(head, cursors, parentKey).Run(cancellationToken);
            readers.ForEach(reader => reader.Finish());
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }

        async Task<LandedReader> OpenAsync(TableValidation table)
        {
            readers.Add(await objects.OpenAsync(table, cancellationToken));
            return readers[^1];
        }
    }

    private static async Task<ValidatedTable> RejectAsync(SliceObjects objects, TableValidation table, CancellationToken cancellationToken)
    {
        await using var rejects = await objects.CreateRejectsAsync(table, cancellationToken);
        using (var reader = await objects.OpenAsync(table, cancellationToken))
        {
            while (reader.Read())
            {
                if (!table.Verdicts[reader.Rows.RowNumber - 1])
                {
                    table.Reject(reader.Row, rejects);
                }
            }

            reader.Finish();
        }

        return table.ToManifest(await objects.WriteVerdictsAsync(table, cancellationToken), await rejects.CommitAsync(cancellationToken), rejects.Counts);
    }
}
