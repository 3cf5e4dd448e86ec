namespace RetailLake.Core.Rows.Drops;

/// <summary>The rows of one drop: read from its own bytes, or from the extract that landing made of them.</summary>
internal interface IDropRows : IDisposable
{
    int TableIndex { get; }

    LandedRow Row { get; }

    long UnitNumber { get; }

    /// <summary>Null: the drop's.</summary>
    RowOrigin? Origin { get; }

    /// <summary>Of the record of a topic.</summary>
    long? RecordOffset { get; }

    /// <summary>Rows read so far, by the index of their table.</summary>
    IReadOnlyList<long> Counts { get; }

    bool Read();

    /// <summary>After the last row: proves what was read of this drop alone.</summary>
    void Finish();
}
