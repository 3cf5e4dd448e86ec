using ParquetSharp;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Curated;

/// <summary>One column of a batch in the physical form that Parquet stores: nothing is boxed, no string or decimal is made per value.</summary>
/// <param name="nullable">It may hold NULLs.</param>
/// <param name="batchRows">Rows of a batch.</param>
internal abstract class ColumnBuffer(bool nullable, int batchRows) : IDisposable
{
    // Definition levels: 1 = value, 0 = NULL. Parquet takes the values packed, without the NULLs.
    private readonly short[] levels = nullable ? new short[batchRows] : [];

    protected int Rows { get; private set; }

    /// <summary>Values in the batch, without NULLs.</summary>
    protected int Count { get; private set; }

    /// <summary>Bytes of values whose length varies.</summary>
    public virtual long VariableBytes => 0;

    public void AppendNull()
    {
        if (!nullable)
        {
            throw new InvalidOperationException("Found a NULL in a required column after validation; the verdicts do not belong to these rows. Nothing was published. Report the run.");
        }

        levels[Rows++] = 0;
    }

    public void Append(ReadOnlySpan<byte> text, in Cell cell)
    {
        if (!TryStore(Count, text, cell))
        {
            AppendNull();
            return;
        }

        Count++;
        if (nullable)
        {
            levels[Rows] = 1;
        }

        Rows++;
    }

    /// <summary>Appends what the row before has, so many times. The batch has a row.</summary>
    public void AppendAgain(int rows)
    {
        if (nullable)
        {
            var level = levels[Rows - 1];
            levels.AsSpan(Rows, rows).Fill(level);
            if (level == 0)
            {
                Rows += rows;
                return;
            }
        }

        StoreAgain(Count, rows);
        Count += rows;
        Rows += rows;
    }

    /// <summary>Hands the batch to the encoder and empties it.</summary>
    public void Write(ColumnWriter writer)
    {
        Write(writer, Rows, levels.AsSpan(0, nullable ? Rows : 0));
        (Rows, Count) = (0, 0);
    }

    /// <summary>
    /// Whether values repeat often enough in the first batch. A dictionary of a column that hardly repeats costs CPU and makes the file larger;
    /// the decision rests on the data alone, so equal rows give equal files.
    /// </summary>
    public bool PaysDictionary()
    {
        HashSet<ulong> distinct = [];
        for (var index = 0; index < Count; index++)
        {
            distinct.Add(Fingerprint(index));
        }

        return distinct.Count <= Count / 8;
    }

    public abstract void Dispose();

    /// <returns>False when the value stands for NULL.</returns>
    protected abstract bool TryStore(int index, ReadOnlySpan<byte> text, in Cell cell);

    /// <summary>Stores the value before <paramref name="index"/> there and behind.</summary>
    protected abstract void StoreAgain(int index, int values);

    protected abstract void Write(ColumnWriter writer, int rows, ReadOnlySpan<short> levels);

    protected abstract ulong Fingerprint(int index);
}
