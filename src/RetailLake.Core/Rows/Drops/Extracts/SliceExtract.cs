using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops.Extracts;

/// <summary>The extract of a slice while its drops are landed. What a refused drop left in it is listed nowhere and never read.</summary>
internal sealed class SliceExtract : IAsyncDisposable
{
    private readonly LakeWriter target;
    private readonly ExtractWriter rows;
    private long start;

    private SliceExtract(LakeWriter target, int tables)
    {
        this.target = target;
        rows = new(target.Stream, tables);
    }

    public static async Task<SliceExtract> CreateAsync(ILake lake, string key, int tables, CancellationToken cancellationToken) =>
        new(await lake.CreateAsync(key, cancellationToken), tables);

    public void BeginDrop()
    {
        start = rows.Length;
        rows.BeginDrop();
    }

    public void Add(IDropRows drop) => rows.Write(drop.TableIndex, drop.UnitNumber, drop.Row);

    /// <summary>The drop is taken.</summary>
    public DropExtract EndDrop() => new(start, rows.Length - start);

    /// <returns>Null when there are no rows: then there is no object either.</returns>
    public async Task<LakeObject?> CommitAsync(CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        rows.Flush();
        return await target.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        rows.Dispose();
        await target.DisposeAsync();
    }
}
