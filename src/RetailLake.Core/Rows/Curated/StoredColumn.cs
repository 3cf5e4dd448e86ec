using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Curated;

/// <summary>A contract column on its way to the encoder.</summary>
/// <param name="parser">Null: the text is stored as it is.</param>
internal struct StoredColumn(ColumnBuffer buffer, ValueParser? parser)
{
    public readonly ColumnBuffer Buffer = buffer;
    public readonly ValueParser? Parser = parser;

    /// <summary>Rows behind the last one in the buffer that have its value.</summary>
    public int Again;

    public void StoreAgain()
    {
        if (Again > 0)
        {
            Buffer.AppendAgain(Again);
            Again = 0;
        }
    }
}
