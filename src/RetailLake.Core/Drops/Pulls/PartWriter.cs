using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Writes what arrives as parts; a function that is killed loses no more than the one being written.</summary>
internal sealed class PartWriter(ILake lake, FetchParts parts, string attempt, long position, long partBytes) : IAsyncDisposable
{
    private LakeWriter? part;
    private long start;

    public long Position { get; private set; } = position;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (part is null)
        {
            start = Position;
            part = await lake.CreateAsync(parts.KeyOf(start, attempt), cancellationToken);
        }

        await part.Stream.WriteAsync(bytes, cancellationToken);
        Position += bytes.Length;
        if (Position - start >= partBytes)
        {
            await SaveAsync(cancellationToken);
        }
    }

    /// <summary>Whoever comes next goes on behind what was saved.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (part is not null)
        {
            await part.CommitAsync(cancellationToken);
            await part.DisposeAsync();
            part = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (part is not null)
        {
            await part.DisposeAsync();
        }
    }
}
