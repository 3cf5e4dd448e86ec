using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

/// <summary>Verdicts of one slice of drops by unit, then the rejects in a second reading of the drops that have any.</summary>
/// <remarks>A delimited or fixed file of one table has a unit for each row: its rejects are written in the first reading.</remarks>
internal sealed class DropValidation(SliceObjects objects, DropSlice slice, Contract contract, IReadOnlyList<TableValidation> tables)
{
    private readonly bool isRowByRow = contract.Tables.Count == 1 && contract.Drop?.Format is DropFormat.Delimited or DropFormat.Fixed;

    public async Task<IReadOnlyList<ValidatedTable>> RunAsync(CancellationToken cancellationToken)
    {
        var writers = new RejectWriter?[tables.Count];
        try
        {
            if (isRowByRow)
            {
                writers[0] = await objects.CreateRejectsAsync(tables[0], cancellationToken);
                await ReadAsync(slice.Taken, (drop, cursor) => JudgeRows(cursor, drop, writers[0]!, cancellationToken), cancellationToken);
            }
            else
            {
                await RejectAsync(await JudgeAsync(cancellationToken), writers, cancellationToken);
            }

            List<ValidatedTable> done = [];
            for (var index = 0; index < tables.Count; index++)
            {
                var verdicts = await objects.WriteVerdictsAsync(tables[index], cancellationToken);
                var rejects = writers[index] is { } writer ? await writer.CommitAsync(cancellationToken) : null;
                done.Add(tables[index].ToManifest(verdicts, rejects, writers[index]?.Counts ?? new Dictionary<string, long>()));
            }

            return done;
        }
        finally
        {
            foreach (var writer in writers.OfType<RejectWriter>())
            {
                await writer.DisposeAsync();
            }
        }
    }

    private async Task ReadAsync(IReadOnlyList<TakenDrop> drops, Action<TakenDrop, DropCursor> read, CancellationToken cancellationToken)
    {
        using var pass = await slice.BeginPassAsync(cancellationToken);
        foreach (var drop in drops)
        {
            using var cursor = await pass.OpenAsync(drop, cancellationToken);
            read(drop, cursor);
            cursor.Finish();
        }

        pass.Finish();
    }

    private void JudgeRows(DropCursor cursor, TakenDrop drop, RejectWriter rejects, CancellationToken cancellationToken)
    {
        rejects.BeginDrop(drop.Drop);
        while (cursor.Read(cancellationToken))
        {
            if (!tables[0].Check(cursor.Row))
            {
                tables[0].Reject(cursor.Row, rejects);
            }
        }
    }

    /// <returns>The drops that have rejects.</returns>
    private async Task<IReadOnlyList<TakenDrop>> JudgeAsync(CancellationToken cancellationToken)
    {
        var unit = new DropUnit(tables, contract.Stream is null || contract.IsDocument);
        List<TakenDrop> rejected = [];
        await ReadAsync(slice.Taken, (drop, cursor) =>
        {
            var before = tables.Sum(table => table.RejectedRows);
            JudgeUnits(cursor, unit, cancellationToken);
            if (tables.Sum(table => table.RejectedRows) > before)
            {
                rejected.Add(drop);
            }
        }, cancellationToken);
        return rejected;
    }

    private void JudgeUnits(DropCursor cursor, DropUnit unit, CancellationToken cancellationToken)
    {
        long? number = null;
        while (cursor.Read(cancellationToken))
        {
            if (cursor.UnitNumber != number)
            {
                unit.End();
                number = cursor.UnitNumber;
            }

            var row = cursor.Row;
            unit.Add(cursor.TableIndex, row, tables[cursor.TableIndex].Check(row));
        }

        unit.End();
    }

    private async Task RejectAsync(IReadOnlyList<TakenDrop> drops, RejectWriter?[] writers, CancellationToken cancellationToken)
    {
        for (var index = 0; index < tables.Count; index++)
        {
            writers[index] = tables[index].RejectedRows == 0 ? null : await objects.CreateRejectsAsync(tables[index], cancellationToken);
        }

        if (drops.Count > 0)
        {
            await ReadAsync(drops, (drop, cursor) => WriteRejects(cursor, drop, writers, cancellationToken), cancellationToken);
        }
    }

    private void WriteRejects(DropCursor cursor, TakenDrop drop, RejectWriter?[] writers, CancellationToken cancellationToken)
    {
        foreach (var writer in writers)
        {
            writer?.BeginDrop(drop.Drop);
        }

        while (cursor.Read(cancellationToken))
        {
            var table = tables[cursor.TableIndex];
            var row = cursor.Row;
            if (writers[cursor.TableIndex] is { } writer && !table.Verdicts[row.SliceNumber - 1])
            {
                table.Reject(row, writer);
            }
        }
    }
}
