using RetailLake.Core.Lake;

namespace RetailLake.Aws.S3;

internal sealed class S3LakeWriter : LakeWriter
{
    private readonly S3PartStream parts;
    private readonly HashingStream hashing;
    private bool closed;

    public S3LakeWriter(S3Publish publish, string key, CancellationToken stop)
    {
        Key = key;
        parts = new(publish, key, stop);
        hashing = new(parts);
    }

    public override string Key { get; }

    public override Stream Stream => hashing;

    public override async Task<LakeObject> CommitAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        cancellationToken.ThrowIfCancellationRequested();
        closed = true;
        return await parts.PublishAsync(cancellationToken) ? hashing.Finish(Key) : throw KeyTaken();
    }

    public override async ValueTask DisposeAsync()
    {
        closed = true;
        await parts.DisposeAsync();
        await hashing.DisposeAsync();
    }
}
