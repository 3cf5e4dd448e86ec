using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Brings fetched bytes to their place in landing, which their own hash names. Equal bytes are there once.</summary>
internal sealed class DropLanding(ILake lake, string source, string feed)
{
    private const int BufferBytes = 1 << 20;

    public async Task<LakeObject> LandAsync(Content content, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var key = DropRecords.LandingKey(source, feed, content.Sha256);
        return await lake.PutIfAbsentAsync(key, bytes, cancellationToken)
            ? content.At(key)
            : await ThereAsync(key, content, cancellationToken) ?? throw Damaged(key, "nothing", content);
    }

    /// <exception cref="ObjectDamagedException">The parts are not what was hashed.</exception>
    public async Task<LakeObject> LandAsync(Content content, IReadOnlyList<FetchPart> parts, CancellationToken cancellationToken)
    {
        var key = DropRecords.LandingKey(source, feed, content.Sha256);
        if (await ThereAsync(key, content, cancellationToken) is { } there)
        {
            return there;
        }

        await using var writer = await lake.CreateAsync(key, cancellationToken);
        if (await ReadAsync(parts, bytes => writer.Stream.WriteAsync(bytes, cancellationToken), cancellationToken) is var read && read != content)
        {
            throw Damaged(key, $"SHA-256 {read.Sha256}", content);
        }

        try
        {
            return await writer.CommitAsync(cancellationToken);
        }
        catch (InvalidOperationException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another attempt was quicker; the name is the content's hash.
            return await ThereAsync(key, content, cancellationToken) ?? throw Damaged(key, "nothing", content);
        }
    }

    public Task<Content> ReadAsync(IReadOnlyList<FetchPart> parts, CancellationToken cancellationToken) =>
        ReadAsync(parts, _ => ValueTask.CompletedTask, cancellationToken);

    private async Task<Content> ReadAsync(IReadOnlyList<FetchPart> parts, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        using var hash = new ContentHash();
        var buffer = new byte[BufferBytes];
        foreach (var part in parts)
        {
            await using var stream = await lake.OpenReadAsync(part.Key, cancellationToken) ?? throw new ObjectDamagedException(
                $"Found no object '{part.Key}', a part of a file that is being fetched.", "Nothing was landed.", "Redrive: the file is fetched again from the last part that is there.");
            while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                hash.Append(buffer.AsSpan(0, read));
                await take(buffer.AsMemory(0, read));
            }
        }

        return hash.Finish();
    }

    private async Task<LakeObject?> ThereAsync(string key, Content content, CancellationToken cancellationToken) =>
        await lake.LengthAsync(key, cancellationToken) is { } length
            ? length == content.Bytes ? content.At(key) : throw Damaged(key, $"{length:N0} bytes", content)
            : null;

    private static ObjectDamagedException Damaged(string key, string found, Content content) => new(
        $"Found {found} for '{key}'; {content.Bytes:N0} bytes with SHA-256 {content.Sha256} were fetched.",
        "No drop was recorded.",
        "Look at the lake's storage, then redrive: the file is fetched again.");
}
