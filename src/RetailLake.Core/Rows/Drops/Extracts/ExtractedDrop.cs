namespace RetailLake.Core.Rows.Drops.Extracts;

/// <summary>One drop of an extract. The extract is proven as a whole, by <see cref="ExtractReader.Finish"/>.</summary>
internal sealed class ExtractedDrop(ExtractReader extract) : IDropRows
{
    public int TableIndex => extract.TableIndex;

    public LandedRow Row => extract.Row;

    public long UnitNumber => extract.UnitNumber;

    /// <summary>Only files are extracted.</summary>
    public RowOrigin? Origin => null;

    public long? RecordOffset => null;

    public IReadOnlyList<long> Counts => extract.Counts;

    public bool Read() => extract.Read();

    public void Finish()
    {
    }

    public void Dispose()
    {
    }
}
