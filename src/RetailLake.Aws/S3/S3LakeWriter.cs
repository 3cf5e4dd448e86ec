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
        closed = true;
        return await parts.PublishAsync(cancellationToken)
            ? hashing.Finish(Key)
            : throw new InvalidOperationException(
                $"Found an object under '{Key}' already; data keys carry run, slice and attempt and are written once. The object there is untouched, this one was dropped. Redrive: a new attempt writes under a new key.");
    }

    public override async ValueTask DisposeAsync()
    {
        closed = true;
        await parts.DisposeAsync();
        await hashing.DisposeAsync();
    }
}
