namespace RetailLake.Local.Demo.Files;

/// <summary>One feed of files: how its files are named, what stands in them, and what proves them complete.</summary>
internal abstract class FileFeed(FileWorld world)
{
    /// <summary>Id of the contract.</summary>
    public abstract string Contract { get; }

    /// <summary>Whether one file holds all shops.</summary>
    public virtual bool IsForAllStores => false;

    /// <summary>Whether a restated file has a name of its own, by which it is known to be later.</summary>
    public virtual bool RenamesRevisions => false;

    protected FileWorld World => world;

    protected abstract DemoTable Table { get; }

    public FilePart Part(Store store, DateOnly day, long rows, int revision = 0) => new(world.Seed, Table, store, day, rows, revision);

    /// <param name="isCopy">Of a file that is sent again under another name.</param>
    public abstract string NameOf(FilePart part, bool isCopy);

    /// <summary>Writes the file as it is sent, compressed if the contract says so. The stream stays open.</summary>
    /// <returns>What was planted, table by table in the contract's order.</returns>
    public abstract FileContent Write(Stream output, FilePart part);

    /// <summary>The file beside it that says it is complete.</summary>
    /// <returns>Null when the file proves itself.</returns>
    public virtual ProofText? ProofOf(string name, WrittenFile file) => null;
}

/// <param name="Skipped">Records that belong to no table, by their type or element.</param>
internal sealed record FileContent(IReadOnlyList<DemoFileTotals> Tables, IReadOnlyDictionary<string, long> Skipped)
{
    public static FileContent Of(params ReadOnlySpan<PlantedTable> tables)
    {
        var totals = new List<DemoFileTotals>();
        foreach (var table in tables)
        {
            totals.Add(table.ToTotals());
        }

        return new(totals, new Dictionary<string, long>(StringComparer.Ordinal));
    }
}

internal sealed record WrittenFile(long Bytes, string Sha256, FileContent Content);

internal sealed record ProofText(string Name, string Text);
