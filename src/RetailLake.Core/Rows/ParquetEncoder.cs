using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Curated;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows;

/// <summary>
/// The core of TransformSlice: reads the landed objects once more and encodes the rows whose verdict is valid, once, to Parquet.
/// Equal landed bytes give equal Parquet bytes.
/// </summary>
/// <remarks>Keys of a sweep lie under <c>table.keys</c>, so that a partition of the table itself never holds them. Encoding has threads of its own; the caller's is not held.</remarks>
public sealed class ParquetEncoder(ILake lake, Contract contract, RunKeys keys, PersonalTokens tokens)
{
    /// <exception cref="ObjectDamagedException">A landed object or the verdicts are not what the manifests list.</exception>
    /// <exception cref="BooksDoNotBalanceException">Rows or sums differ from what validation stated.</exception>
    public async Task<CuratedManifest> EncodeAsync(LandedManifest landed, ValidatedManifest validated, string attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(landed);
        ArgumentNullException.ThrowIfNull(validated);
        List<CuratedTable> done = [];
        List<TableTotals> curated = [];
        foreach (var table in landed.Tables)
        {
            var judged = validated.Tables.FirstOrDefault(candidate => candidate.Table == table.Table) ?? throw VerdictBits.Missing(table, "no verdicts");
            var valid = validated.Valid.FirstOrDefault(candidate => candidate.Table == table.Table) ?? throw VerdictBits.Missing(table, "no totals");
            if (judged.ValidRows == 0)
            {
                curated.Add(valid);
                continue;
            }

            var (written, totals) = await EncodeAsync(table, judged, landed.Slice, attempt, cancellationToken);
            Books.AssertEqual("validation and encoding", table.Place, valid, totals);
            done.Add(written);
            curated.Add(totals);
        }

        return new CuratedManifest(landed.Slice, done, curated);
    }

    private async Task<(CuratedTable Written, TableTotals Totals)> EncodeAsync(
        LandedTable landed, ValidatedTable judged, int slice, string attempt, CancellationToken cancellationToken)
    {
        var isKeys = landed.Format == LandedReader.KeysFormat;
        var contractTable = contract.TableNamed(landed.Table);
        var table = isKeys ? CompiledTable.ForKeys(contractTable) : CompiledTable.For(contractTable);
        var verdicts = judged.Verdicts is null ? null : await VerdictBits.ReadAsync(lake, judged.Verdicts, landed, cancellationToken);
        await using var writer = await lake.CreateAsync(keys.CuratedObject(isKeys ? landed.Table + ".keys" : landed.Table, slice, attempt), cancellationToken);
        using var reader = await LandedReader.OpenAsync(lake, landed, table.Columns.Count, cancellationToken);
        var totals = await EncoderThreads.RunAsync(() =>
        {
            using var parquet = new ParquetTable(table, tokens, writer.Stream);
            Encode(reader, verdicts, parquet, cancellationToken);
            reader.Finish();
            parquet.Complete();
            return isKeys ? new(landed.Table, parquet.Totals.Rows, new Dictionary<string, decimal>()) : parquet.Totals.ToTotals();
        });
        var stored = await writer.CommitAsync(cancellationToken);
        return (new CuratedTable(landed.Table, isKeys ? SliceKind.Keys : SliceKind.Rows, stored, totals.Rows), totals);
    }

    private static void Encode(LandedReader reader, VerdictBits? verdicts, ParquetTable parquet, CancellationToken cancellationToken)
    {
        while (reader.Read())
        {
            if (verdicts is null || verdicts[reader.Rows.RowNumber - 1])
            {
                parquet.Append(reader.Row);
            }

            if ((reader.Rows.RowNumber & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
