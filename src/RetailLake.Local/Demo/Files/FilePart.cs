namespace RetailLake.Local.Demo.Files;

/// <summary>One file to be made.</summary>
/// <param name="Rows">Rows, bills or receipts, whatever the feed counts its files by.</param>
/// <param name="Revision">0 first; a restated file has some rows changed and some gone.</param>
internal sealed record FilePart(ulong Seed, DemoTable Table, Store Store, DateOnly Day, long Rows, int Revision = 0)
{
    private const int ChangedEvery = 7;
    private const int GoneEvery = 17;
    private const int DirtyEvery = 47;
    private const int FirstDirty = 7;

    /// <summary>Added to the count that the trailer states: not 0 makes the file one that must be refused.</summary>
    public int TrailerError { get; init; }

    public Draw Draw(long index) => new(Seed, Table, Index(index % ChangedEvery == Revision % ChangedEvery ? Revision : 0) + index);

    public bool Has(long index) => Revision == 0 || index % GoneEvery != Revision;

    /// <summary>Which of the feed's kinds of dirt the row has, by its number, shop and day; -1 if it is clean. The same in every revision.</summary>
    public int Dirt(long index, int kinds) =>
        index % DirtyEvery == FirstDirty ? (int)((index / DirtyEvery + Store.Id + Day.DayNumber) % kinds) : -1;

    private long Index(int revision) => ((long)Day.DayNumber << 42) | ((long)Store.Id << 32) | ((long)revision << 28);
}
