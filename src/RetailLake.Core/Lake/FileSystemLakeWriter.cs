using Microsoft.Win32.SafeHandles;

namespace RetailLake.Core.Lake;

internal sealed class FileSystemLakeWriter : LakeWriter
{
    /// <summary>So much more is given to the disk at a time.</summary>
    private const long WritebackBytes = 1024 * 1024;

    private readonly string target;
    private readonly string temporary;
    private readonly FileStream file;
    private readonly HashingStream hashing;
    private long givenToDisk;
    private bool closed;
    private bool published;

    public FileSystemLakeWriter(string key, string target, string temporary)
    {
        Key = key;
        this.target = target;
        this.temporary = temporary;
        var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file = new FileStream(handle, FileAccess.Write, bufferSize: 1 << 16);
        hashing = new HashingStream(file, bytes => BeginWriteback(handle, bytes));
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
        published = ExclusivePublish.TryMove(temporary, target);
        return published ? hashing.Finish(Key) : null;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (!published)
        {
            File.Delete(temporary);
        }

        await hashing.DisposeAsync();
    }

    /// <summary>The disk writes while rows are still encoded, so that the flush at the end has little to wait for.</summary>
    private void BeginWriteback(SafeFileHandle handle, long bytes)
    {
        if (bytes - givenToDisk >= WritebackBytes)
        {
            givenToDisk = bytes;
            Posix.BeginWriteback(handle);
        }
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
