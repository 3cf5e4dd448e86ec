using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Curated;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

/// <summary>The Parquet object of one table of a slice, fed by all its drops.</summary>
internal sealed class DropOutput : IAsyncDisposable
{
    private readonly VerdictBits? verdicts;
    private readonly LakeWriter writer;
    private readonly DropColumns columns;
    private readonly ParquetTable parquet;

    /// <param name="verdicts">Null: all rows are valid.</param>
    public DropOutput(CompiledTable table, PersonalTokens tokens, VerdictBits? verdicts, LakeWriter writer, int tablesAtOnce, bool isStream = false)
    {
        columns = new(isStream, ParquetTable.BatchRows(tablesAtOnce));
        this.verdicts = verdicts;
        this.writer = writer;
        parquet = new(table, tokens, writer.Stream, columns, tablesAtOnce);
    }

    public void BeginDrop(DropRef drop) => columns.Begin(drop);

    /// <param name="origin">Null: the drop's.</param>
    public void Append(in DropRow row, in RowOrigin? origin)
    {
        if (verdicts is null || verdicts[row.SliceNumber - 1])
        {
            if (origin is { } own)
            {
                columns.Begin(own);
            }

            parquet.Append(row);
        }
    }

    /// <summary>After the last row.</summary>
    public Task<TableTotals> CompleteAsync() => EncoderThreads.RunAsync(() =>
    {
        parquet.Complete();
        return parquet.Totals.ToTotals();
    });

    /// <summary>After <see cref="CompleteAsync"/>.</summary>
    public Task<LakeObject> CommitAsync(CancellationToken cancellationToken) => writer.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        parquet.Dispose();
        await writer.DisposeAsync();
    }
}
