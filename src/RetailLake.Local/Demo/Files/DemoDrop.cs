namespace RetailLake.Local.Demo.Files;

/// <summary>What is wrong with a file that a sender delivers, or what has gone wrong before.</summary>
public enum DemoFault
{
    None,

    /// <summary>The trailer counts one record more than there are. Files with a trailer only.</summary>
    TrailerOffByOne,

    /// <summary>The file ends in its middle, and its marker or control file is there all the same.</summary>
    Cut,

    /// <summary>The upload broke off: no trailer, or no marker.</summary>
    HalfWritten,

    /// <summary>The first file's bytes under another name.</summary>
    SameContentOtherName,

    /// <summary>A later file of the same shop and day: some rows changed, some gone. Of most feeds it has the first one's name.</summary>
    Restated,
}

/// <summary>What must become of a drop.</summary>
public enum DemoFate
{
    /// <summary>Its valid rows are published.</summary>
    Loaded,

    /// <summary>It is in quarantine as a whole.</summary>
    Refused,

    /// <summary>It never counts as complete.</summary>
    Waiting,

    /// <summary>Its content was there already.</summary>
    Duplicate,
}

/// <summary>One delivered file and all that its generator knows of it.</summary>
/// <param name="Contract">Id, e.g. <c>gp.grn</c>.</param>
/// <param name="Scope">Shop and day (or day alone, of a file for all shops): of two files with one scope the later one replaces the other.</param>
/// <param name="Modified">The sender's time, UTC; set on the file, too.</param>
/// <param name="Files">Paths in the order in which a sender writes them: the drop itself, then its marker or control file.</param>
/// <param name="RefusalCode">One of the lake's codes of refused drops; of drops with fate Refused only.</param>
/// <param name="Tables">Of a file that is cut: what the whole one would have held.</param>
/// <param name="Skipped">Records that belong to no table, by type or element.</param>
public sealed record DemoDrop(
    string Contract, string Name, string Scope, int Revision, DateTimeOffset Modified, long Bytes, string Sha256, IReadOnlyList<string> Files, DemoFate Fate, string? RefusalCode,
    IReadOnlyList<DemoFileTotals> Tables, IReadOnlyDictionary<string, long> Skipped)
{
    /// <summary>What the warehouse must hold after all of them, in whatever order they came: of each scope the valid rows of its last file.</summary>
    public static IReadOnlyList<DemoFileTotals> Published(IEnumerable<DemoDrop> drops) => DemoFileTotals.Add(drops
        .Where(drop => drop.Fate == DemoFate.Loaded)
        .GroupBy(drop => (drop.Contract, drop.Scope))
        .SelectMany(versions => versions.MaxBy(drop => drop.Revision)!.Tables));
}
