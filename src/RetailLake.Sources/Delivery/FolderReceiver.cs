using RetailLake.Core.Errors;
using RetailLake.Core.Export;

namespace RetailLake.Sources.Delivery;

/// <summary>A folder (<c>file:///folder</c>), also one that is mounted from elsewhere.</summary>
public sealed class FolderReceiver(string folder) : IExportReceiver
{
    public string Target => new Uri(folder).AbsoluteUri;

    public Task<long?> LengthAsync(string name, CancellationToken cancellationToken) => Guarded(() =>
    {
        var file = new FileInfo(PathOf(name));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    });

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) => Guarded(() => Task.FromResult<Stream>(File.OpenRead(PathOf(name))));

    public Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => Guarded(async () =>
    {
        Directory.CreateDirectory(folder);
        await using var file = new FileStream(PathOf(name), FileMode.Create, FileAccess.Write);
        await content.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
        return true;
    });

    public Task RenameAsync(string from, string to, CancellationToken cancellationToken) => Guarded(() =>
    {
        File.Move(PathOf(from), PathOf(to), overwrite: false);
        return Task.FromResult(true);
    });

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => Guarded(() =>
    {
        File.Delete(PathOf(name));
        return Task.FromResult(true);
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(string name) => Path.Combine(folder, name);

    private async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DeliveryRefusedException(
                $"Found no right to write to '{Target}'.", "The export stays stored in the lake.", "Give the account of this process write access, then redrive.", exception);
        }
        catch (IOException exception)
        {
            throw new DeliveryUnavailableException(
                $"Found '{Target}' not writable: {exception.Message}.", "The export stays stored in the lake.", "It is tried again; when it persists, look at the disk or the mount.", exception);
        }
    }
}
