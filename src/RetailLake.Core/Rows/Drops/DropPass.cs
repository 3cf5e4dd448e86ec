using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops.Extracts;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

/// <summary>A landed slice of drops, which validation and encoding read once or twice.</summary>
internal sealed class DropSlice(ILake lake, IDropReaders readers, Contract contract, LandedManifest landed)
{
    public IReadOnlyList<TakenDrop> Taken { get; } = TakenDrop.Of(landed, contract);

    public async Task<DropPass> BeginPassAsync(CancellationToken cancellationToken) => new(
        (drop, stop) => DropCursor.OpenAsync(lake, readers, contract, drop, stop),
        landed.Extract is { } listed ? new ExtractReader(await lake.OpenVerifiedAsync(listed, cancellationToken), listed, contract) : null);
}

/// <summary>One reading of a slice's drops, in their order; some may be left out.</summary>
internal sealed class DropPass(Func<TakenDrop, CancellationToken, Task<DropCursor>> open, ExtractReader? extract) : IDisposable
{
    public Task<DropCursor> OpenAsync(TakenDrop drop, CancellationToken cancellationToken)
    {
        if (extract is null || drop.Extract is not { } part)
        {
            return open(drop, cancellationToken);
        }

        extract.BeginDrop(part);
        return Task.FromResult(new DropCursor(new ExtractedDrop(extract), drop));
    }

    /// <summary>After the last drop.</summary>
    public void Finish() => extract?.Finish();

    public void Dispose() => extract?.Dispose();
}
