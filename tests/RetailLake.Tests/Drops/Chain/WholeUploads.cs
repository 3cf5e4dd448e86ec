using RetailLake.Core.Drops.Intake;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>Files of a folder as objects of S3 are: each appears as a whole.</summary>
internal sealed class WholeUploads(IUploads inner) : IUploads
{
    public IAsyncEnumerable<Upload> ListAsync(string source, string feed, CancellationToken cancellationToken) => inner.ListAsync(source, feed, cancellationToken).Select(Whole);

    public async Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken) =>
        await inner.FindAsync(source, feed, name, cancellationToken) is { } upload ? Whole(upload) : null;

    public Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken) => Task.FromResult(uploads);

    public Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken) => inner.OpenReadAsync(upload, cancellationToken);

    public Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken) => inner.CopyAsync(upload, key, sha256, cancellationToken);

    public Task DeleteAsync(Upload upload, CancellationToken cancellationToken) => inner.DeleteAsync(upload, cancellationToken);

    private static Upload Whole(Upload upload) => upload with { AppearedWhole = true };
}
