namespace RetailLake.Core.Lake;

internal sealed class FileSystemLakeWriter : LakeWriter
{
    private readonly string target;
    private readonly string temporary;
    private readonly FileStream file;
    private readonly HashingStream hashing;
    private bool closed;

    public FileSystemLakeWriter(string key, string target, string temporary)
    {
        Key = key;
        this.target = target;
        this.temporary = temporary;
        file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        hashing = new HashingStream(file);
    }

    public override string Key { get; }

    public override Stream Stream => hashing;

    public override async Task<LakeObject> CommitAsync(CancellationToken cancellationToken) =>
        await TryPublishAsync(cancellationToken) ?? throw KeyTaken();

    /// <returns>Null when the key is taken.</returns>
    public async Task<LakeObject?> TryPublishAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await file.FlushAsync(cancellationToken);

        // The bytes must be on the disk before the name is: a power cut would else leave a complete name on half an object.
        file.Flush(flushToDisk: true);
        await CloseAsync();
        return ExclusivePublish.TryMove(temporary, target) ? hashing.Finish(Key) : null;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        File.Delete(temporary);
        await hashing.DisposeAsync();
    }

    private async ValueTask CloseAsync()
    {
        if (!closed)
        {
            closed = true;
            await file.DisposeAsync();
        }
    }
}
