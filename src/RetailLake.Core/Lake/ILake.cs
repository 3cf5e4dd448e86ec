using System.Runtime.CompilerServices;

namespace RetailLake.Core.Lake;

/// <summary>
/// The lake's objects. Keys are relative, '/'-separated, of <c>[A-Za-z0-9._=-]</c>. Objects are immutable: the first complete write of a key wins,
/// and nothing is ever seen half written.
/// </summary>
public interface ILake
{
    /// <summary>The root as configured (LAKE_URI), without a trailing slash.</summary>
    string Uri { get; }

    /// <summary>Opens an object for writing; it appears under its key only when <see cref="LakeWriter.CommitAsync"/> returned.</summary>
    Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a small object under the condition that none is there (<c>If-None-Match: *</c>).</summary>
    /// <returns>False when the key was taken; the object there is untouched.</returns>
    Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <returns>The object, or null when there is none.</returns>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <returns>Length in bytes, or null when there is none.</returns>
    Task<long?> LengthAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keys that start with the prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Keys that start with the prefix and sort behind a text (S3: <c>StartAfter</c>), in ordinal order.</summary>
    async IAsyncEnumerable<string> ListAsync(string prefix, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in ListAsync(prefix, cancellationToken))
        {
            if (string.CompareOrdinal(key, after) > 0)
            {
                yield return key;
            }
        }
    }

    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>How the warehouse addresses an object: a file path or an s3 URI.</summary>
    string Locate(string key);
}

/// <summary>One object being written. Disposing without commit leaves nothing behind.</summary>
public abstract class LakeWriter : IAsyncDisposable
{
    public abstract string Key { get; }

    public abstract Stream Stream { get; }

    /// <summary>Publishes the object.</summary>
    /// <returns>Its key, length in bytes and SHA-256 (hex).</returns>
    /// <exception cref="InvalidOperationException">The key is taken; the object there is untouched.</exception>
    public abstract Task<LakeObject> CommitAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected InvalidOperationException KeyTaken() => new(
        $"Found an object under '{Key}' already; data keys carry run, slice and attempt and are written once. The object there is untouched, this one was dropped. Redrive: a new attempt writes under a new key.");
}

/// <summary>An object as manifests list it.</summary>
/// <param name="Sha256">Lower-case hex of the stored bytes.</param>
public sealed record LakeObject(string Key, long Bytes, string Sha256)
{
    /// <summary>Lower-case hex of the XXH128 taken together with <see cref="Sha256"/>, big-endian; null of objects listed before it was kept.</summary>
    /// <remarks>SHA-256 names the content. To see damage on every later reading XXH128 does as well, at a tenth of the CPU.</remarks>
    public string? Xxh128 { get; init; }
}
