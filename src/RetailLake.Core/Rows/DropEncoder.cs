using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Curated;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows;

/// <summary>
/// The core of TransformSlice for drops: reads them once more and encodes the valid rows of all tables side by side, one Parquet object
/// for each table of the slice. Equal drops give equal Parquet bytes.
/// </summary>
/// <remarks>Encoding has threads of its own; the caller's is not held.</remarks>
public sealed class DropEncoder(ILake lake, Contract contract, RunKeys keys, PersonalTokens tokens, IDropReaders readers)
{
    /// <exception cref="ObjectDamagedException">A landed object or the verdicts are not what the manifests list.</exception>
    /// <exception cref="BooksDoNotBalanceException">Rows or sums differ from what validation stated.</exception>
    public async Task<CuratedManifest> EncodeAsync(LandedManifest landed, ValidatedManifest validated, string attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(landed);
        ArgumentNullException.ThrowIfNull(validated);
        var outputs = new DropOutput?[contract.Tables.Count];
        try
        {
            for (var index = 0; index < outputs.Length; index++)
            {
                outputs[index] = await OpenAsync(contract.Tables[index], landed, validated, attempt, cancellationToken);
            }

            if (outputs.Any(output => output is not null))
            {
                await EncodeAsync(new(lake, readers, contract, landed), outputs, cancellationToken);
            }

            return await CompleteAsync(outputs, landed, validated, cancellationToken);
        }
        finally
        {
            foreach (var output in outputs.OfType<DropOutput>())
            {
                await output.DisposeAsync();
            }
        }
    }

    /// <returns>Null when the table has no valid rows: then there is no object either.</returns>
    private async Task<DropOutput?> OpenAsync(ContractTable table, LandedManifest landed, ValidatedManifest validated, string attempt, CancellationToken cancellationToken)
    {
        var listed = landed.DropTable(table.Name);
        var judged = validated.Tables.FirstOrDefault(candidate => candidate.Table == table.Name) ?? throw VerdictBits.Missing(listed, "no verdicts");
        if (judged.ValidRows == 0)
        {
            return null;
        }

        var verdicts = judged.Verdicts is null ? null : await VerdictBits.ReadAsync(lake, judged.Verdicts, listed, cancellationToken);
        var writer = await lake.CreateAsync(keys.CuratedObject(table.Name, landed.Slice, attempt), cancellationToken);
        return new DropOutput(CompiledTable.For(table), tokens, verdicts, writer, contract.Tables.Count, contract.Stream is not null);
    }

    private static async Task EncodeAsync(DropSlice slice, DropOutput?[] outputs, CancellationToken cancellationToken)
    {
        using var pass = await slice.BeginPassAsync(cancellationToken);
        foreach (var drop in slice.Taken)
        {
            using var cursor = await pass.OpenAsync(drop, cancellationToken);
            await EncoderThreads.RunAsync(() => Encode(cursor, drop, outputs, cancellationToken));
        }

        pass.Finish();
    }

    private static bool Encode(DropCursor cursor, TakenDrop drop, DropOutput?[] outputs, CancellationToken cancellationToken)
    {
        foreach (var output in outputs)
        {
            output?.BeginDrop(drop.Drop);
        }

        while (cursor.Read(cancellationToken))
        {
            outputs[cursor.TableIndex]?.Append(cursor.Row, cursor.Origin);
        }

        cursor.Finish();
        return true;
    }

    private async Task<CuratedManifest> CompleteAsync(DropOutput?[] outputs, LandedManifest landed, ValidatedManifest validated, CancellationToken cancellationToken)
    {
        List<(string Table, long Rows, DropOutput Output)> written = [];
        List<TableTotals> curated = [];
        for (var index = 0; index < outputs.Length; index++)
        {
            var listed = landed.DropTable(contract.Tables[index].Name);
            var valid = validated.Valid.FirstOrDefault(candidate => candidate.Table == listed.Table) ?? throw VerdictBits.Missing(listed, "no totals");
            var totals = valid;
            if (outputs[index] is { } output)
            {
                totals = await output.CompleteAsync();
                Books.AssertEqual("validation and encoding", listed.Place, valid, totals);
                written.Add((listed.Table, totals.Rows, output));
            }

            curated.Add(totals);
        }

        // Side by side, each on a thread of its own: a file waits for the disk, and several wait hardly longer than one.
        var stored = await Task.WhenAll(written.Select(table => Task.Run(() => table.Output.CommitAsync(cancellationToken), cancellationToken)));
        return new(landed.Slice, [.. written.Zip(stored, (table, it) => new CuratedTable(table.Table, SliceKind.Drops, it, table.Rows))], curated);
    }
}
