using ParquetSharp;
using RetailLake.Core.Rows.Columns;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Core.Rows.Curated;

/// <summary>
/// One Parquet object being written: Snappy, row groups of 122,880 rows, shared by the tables of a contract. Batches go to the encoder as they fill, so that only encoded
/// pages of the open row group are held, whatever the size of the file.
/// </summary>
internal sealed class ParquetTable : IDisposable
{
    /// <summary>DuckDB's own size.</summary>
    private const int MostRowGroupRows = 122_880;
    private const int LeastRowGroupRows = 16_384;

    /// <summary>Wide texts close batch and row group early, by bytes.</summary>
    private const long BatchBytes = 8 * 1024 * 1024;
    private const long MostRowGroupBytes = 64 * 1024 * 1024;

    /// <summary>A page is built uncompressed, in each column at once. At 128 KB those pages were most of what the encoder held and gave back.</summary>
    private const long PageBytes = 32 * 1024;

    private readonly CompiledTable table;
    private readonly Stream target;
    private readonly DropColumns? drops;
    private readonly long rowGroupBytes;
    private readonly int rowGroupRows;
    private readonly int fullBatch;
    private readonly ColumnBuffer[] buffers;
    private readonly StoredColumn[] columns;
    private readonly Cell[] cells;
    private readonly ColumnWriter[] writers;
    private ParquetFileWriter? file;
    private RowGroupWriter? group;
    private long lastNumber = -1;
    private int batchRows;
    private int groupRows;
    private long groupBytes;

    /// <param name="drops">Only for rows of drops: the columns behind the contract's.</param>
    /// <param name="tablesAtOnce">Tables that are written side by side share the memory of one.</param>
    public ParquetTable(CompiledTable table, PersonalTokens tokens, Stream target, DropColumns? drops = null, int tablesAtOnce = 1)
    {
        this.table = table;
        this.target = target;
        this.drops = drops;
        rowGroupBytes = MostRowGroupBytes / tablesAtOnce;
        fullBatch = BatchRows(tablesAtOnce);
        rowGroupRows = tablesAtOnce == 1 ? MostRowGroupRows : Math.Max(LeastRowGroupRows, MostRowGroupRows / tablesAtOnce / LeastRowGroupRows * LeastRowGroupRows);
        buffers = [.. table.Compiled.Select(column => ParquetColumns.Buffer(column, tokens, drops is { IsStream: true }, fullBatch)), .. drops?.Buffers ?? []];

        // Text was proven in validation, and these are the same bytes: it is copied, not judged again.
        columns = [.. table.Compiled.Zip(buffers, (column, buffer) => new StoredColumn(buffer, column.Parser is TextParser or JsonParser or BinaryParser ? null : column.Parser))];
        cells = new Cell[columns.Length];
        writers = new ColumnWriter[buffers.Length];
        Totals = ControlTotals.For(table);
    }

    public ControlTotals Totals { get; }

    /// <summary>Rows that go to the encoder together: few enough for the second-level cache, and for the young heap where tables are written side by side.</summary>
    public static int BatchRows(int tablesAtOnce) => tablesAtOnce == 1 ? 8192 : 2048;

    public void Append<TRow>(TRow row)
        where TRow : struct, IRow
    {
        // What repeats has been parsed and stored with the row before, if that is in this batch; its cell is still there.
        var stored = batchRows > 0 && row.SliceNumber == lastNumber + 1 ? row.Repeats : 0;
        lastNumber = row.SliceNumber;
        var into = cells.AsSpan(0, columns.Length);
        for (var index = 0; index < columns.Length; index++)
        {
            ref var column = ref columns[index];
            if (ColumnBits.Has(stored, index))
            {
                column.Again++;
                continue;
            }

            column.StoreAgain();
            ref var cell = ref into[index];
            if (row.IsNull(index))
            {
                cell.State = CellState.Null;
                column.Buffer.AppendNull();
                continue;
            }

            var text = row.Field(index);
            cell.State = CellState.Value;
            if (column.Parser is { } parser && parser.Parse(text, ref cell) is not null)
            {
                throw Unreadable(row.Number, index);
            }

            if (cell.State == CellState.Null)
            {
                column.Buffer.AppendNull();
            }
            else
            {
                column.Buffer.Append(text, cell);
            }
        }

        drops?.Append();
        Totals.AddRow(cells);
        if (++batchRows == fullBatch || ((batchRows & 0xFF) == 0 && VariableBytes() >= BatchBytes))
        {
            WriteBatch();
        }
    }

    public void Complete()
    {
        WriteBatch();
        EndGroup();
        file?.Close();
    }

    public void Dispose()
    {
        foreach (var buffer in buffers)
        {
            buffer.Dispose();
        }

        group?.Dispose();
        file?.Dispose();
    }

    private InvalidOperationException Unreadable(long row, int column) => new(
        $"Found row {row:N0} valid in the verdicts and column '{table.Columns[column].Name}' unreadable; the verdicts belong to another contract. Nothing was published. Start the work again with 'lake rerun'.");

    private long VariableBytes()
    {
        foreach (ref var column in columns.AsSpan())
        {
            column.StoreAgain();
        }

        return buffers.Sum(buffer => buffer.VariableBytes);
    }

    private void WriteBatch()
    {
        if (batchRows == 0)
        {
            return;
        }

        drops?.Fill();
        groupBytes += VariableBytes();
        file ??= Open();
        if (group is null)
        {
            group = file.AppendBufferedRowGroup();
            for (var index = 0; index < writers.Length; index++)
            {
                writers[index] = group.Column(index);
            }
        }

        for (var index = 0; index < buffers.Length; index++)
        {
            buffers[index].Write(writers[index]);
        }

        groupRows += batchRows;
        batchRows = 0;
        if (groupRows >= rowGroupRows || groupBytes >= rowGroupBytes)
        {
            EndGroup();
        }
    }

    private void EndGroup()
    {
        if (group is null)
        {
            return;
        }

        foreach (var writer in writers)
        {
            writer.Dispose();
        }

        group.Close();
        group.Dispose();
        (group, groupRows, groupBytes) = (null, 0, 0);
    }

    /// <summary>Smallest and greatest text of a column that hardly repeats: a tenth of the CPU of encoding, and no reader prunes by it.</summary>
    private void DisableTextStatistics(WriterPropertiesBuilder builder, int index)
    {
        if (buffers[index] is BytesBuffer)
        {
            builder.DisableStatistics(NameOf(index));
        }
    }

    private string NameOf(int index) => index < cells.Length ? table.Columns[index].Name : drops!.Names[index - cells.Length];

    private ParquetFileWriter Open()
    {
        using var builder = new WriterPropertiesBuilder();

        // Arrow's own pool, not malloc's: with that, pages of an open row group left holes and the process grew with the rows (351 MB at 2 M).
        builder.Compression(Compression.Snappy).WriteBatchSize(fullBatch).DataPagesize(PageBytes);
        for (var index = 0; index < buffers.Length; index++)
        {
            if (!buffers[index].PaysDictionary())
            {
                builder.DisableDictionary(NameOf(index));
                DisableTextStatistics(builder, index);
            }
        }

        using var properties = builder.Build();
        using var schema = ParquetColumns.Schema(table, drops?.Nodes() ?? [], drops is { IsStream: true });
        return new ParquetFileWriter(target, schema, properties, keyValueMetadata: null, leaveOpen: true);
    }
}
