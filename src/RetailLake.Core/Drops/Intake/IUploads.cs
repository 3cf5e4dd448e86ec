namespace RetailLake.Core.Drops.Intake;

/// <summary>
/// Files that others put under <c>drops/&lt;source&gt;/&lt;feed&gt;/</c>. Their names are data and may be anything; they are no keys of the lake, and records are not among them.
/// </summary>
public interface IUploads
{
    /// <summary>Everything in the feed's folder that is no drop record, in no order.</summary>
    IAsyncEnumerable<Upload> ListAsync(string source, string feed, CancellationToken cancellationToken);

    /// <returns>Null when there is none (any more).</returns>
    Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken);

    /// <summary>Those that nobody is writing. An object of S3 is whole when it is seen; a file is looked at twice, a moment apart.</summary>
    Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken);

    /// <returns>Null when it is gone or is another version by now.</returns>
    /// <exception cref="Errors.LakeAccessException">This one may not be read.</exception>
    Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken);

    /// <summary>Copies the bytes to a key of the lake, on S3 without moving them through this process. Repeating it is harmless.</summary>
    /// <returns>False, and nothing was published, when the upload is gone or no longer has these bytes.</returns>
    Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken);

    /// <summary>Deletes this version; gone or replaced is no error.</summary>
    Task DeleteAsync(Upload upload, CancellationToken cancellationToken);
}

/// <summary>One file or object as it was when it was looked at.</summary>
/// <param name="Name">What the sender called it. Where it is no text (bytes that are not UTF-8), a printable form of it, see <paramref name="Oddity"/>.</param>
/// <param name="Version">Opaque; another one means that something was written since.</param>
/// <param name="Oddity">Why it can only be looked at: a link, a folder, a name that is no text. Null: it can be read.</param>
public sealed record Upload(string Source, string Feed, string Name, long Bytes, DateTimeOffset Modified, string Version, string? Oddity = null)
{
    /// <summary>Whether it appeared as a whole (S3). A file's marker must then not be younger: uploads in parallel finish in any order.</summary>
    public bool AppearedWhole { get; init; }
}
