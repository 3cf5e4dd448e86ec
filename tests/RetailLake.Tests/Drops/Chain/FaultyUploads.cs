using RetailLake.Core.Drops.Intake;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>Uploads of which some cannot be opened, in folders of which some cannot be listed.</summary>
internal sealed class FaultyUploads(IUploads inner, Func<string, Exception?> faultOf) : IUploads
{
    /// <summary>By feed.</summary>
    public Func<string, Exception?> FaultOfFolder { get; set; } = _ => null;

    public IAsyncEnumerable<Upload> ListAsync(string source, string feed, CancellationToken cancellationToken) =>
        FaultOfFolder(feed) is { } fault ? throw fault : inner.ListAsync(source, feed, cancellationToken);

    public Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken) => inner.FindAsync(source, feed, name, cancellationToken);

    public Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken) => inner.SettledAsync(uploads, cancellationToken);

    public Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken) =>
        faultOf(upload.Name) is { } fault ? Task.FromException<Stream?>(fault) : inner.OpenReadAsync(upload, cancellationToken);

    public Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken) => inner.CopyAsync(upload, key, sha256, cancellationToken);

    public Task DeleteAsync(Upload upload, CancellationToken cancellationToken) => inner.DeleteAsync(upload, cancellationToken);
}
