using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;

namespace RetailLake.Core.Lake;

/// <summary>Uploads into a lake's folder: anything that somebody can put there, under any name. Links are never followed and only plain files are opened.</summary>
public sealed class FileSystemUploads(ILake lake, TimeProvider time) : IUploads
{
    /// <summary>Between the two looks. A sender that pauses longer needs a proof other than 'stable'.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly string root = Root(lake);

    public async IAsyncEnumerable<Upload> ListAsync(string source, string feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var upload in List(source, feed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return upload;
        }
    }

    public Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var folder = IsPlain(name) ? Open(source, feed) : null;
        return Task.FromResult(folder?.Status(name) is { } status ? Of(source, feed, name, status) : null);
    }

    public async Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uploads);
        if (uploads.Count == 0)
        {
            return [];
        }

        await Task.Delay(Moment, time, cancellationToken);
        List<Upload> settled = [];
        foreach (var upload in uploads)
        {
            if (await FindAsync(upload.Source, upload.Feed, upload.Name, cancellationToken) == upload)
            {
                settled.Add(upload);
            }
        }

        return settled;
    }

    public Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        cancellationToken.ThrowIfCancellationRequested();
        using var folder = Open(upload.Source, upload.Feed);
        if (folder?.TryOpenFile(upload.Name) is not { } file)
        {
            return Task.FromResult<Stream?>(null);
        }

        if (file.Status.Version == upload.Version)
        {
            return Task.FromResult<Stream?>(new FileStream(file.Handle, FileAccess.Read, bufferSize: 0));
        }

        file.Handle.Dispose();
        return Task.FromResult<Stream?>(null);
    }

    public async Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        await using var bytes = await OpenReadAsync(upload, cancellationToken);
        if (bytes is null)
        {
            return false;
        }

        await using var writer = await lake.CreateAsync(key, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        for (int count; (count = await bytes.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, count);
            await writer.Stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        // The key says what the content is: other bytes must never get it.
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
        {
            return false;
        }

        try
        {
            await writer.CommitAsync(cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Another attempt may have landed the same bytes in the meantime.
            if (await lake.LengthAsync(key, cancellationToken) != upload.Bytes)
            {
                throw;
            }
        }

        return true;
    }

    /// <remarks>A sender that puts another file under the name between the look and the deletion, microseconds, loses it; on S3 the bucket's versions keep it.</remarks>
    public Task DeleteAsync(Upload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        cancellationToken.ThrowIfCancellationRequested();
        using var folder = Open(upload.Source, upload.Feed);
        if (folder?.Status(upload.Name)?.Version == upload.Version)
        {
            folder!.Delete(upload.Name);
        }

        return Task.CompletedTask;
    }

    private List<Upload> List(string source, string feed)
    {
        using var folder = Open(source, feed);
        List<Upload> uploads = [];
        foreach (var (name, shown) in folder?.Names() ?? [])
        {
            if (name is null)
            {
                uploads.Add(new(source, feed, shown, 0, DateTimeOffset.UnixEpoch, shown, "has a name that is not UTF-8"));
            }
            else if (DropRecords.IdOf(name) is null && folder!.Status(name) is { } status)
            {
                uploads.Add(Of(source, feed, name, status));
            }
        }

        return uploads;
    }

    private static Upload Of(string source, string feed, string name, PosixFileStatus status) => new(
        source, feed, name, status.Bytes, status.Modified, status.Version,
        status.IsPlainFile ? null : status.IsLink ? "is a link" : status.IsFolder ? "is a folder" : "is no plain file");

    private PosixFolder? Open(string source, string feed) => PosixFolder.TryOpen(root, "drops", source, feed);

    /// <summary>One name, not a path; NUL would end it early.</summary>
    private static bool IsPlain(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\0') < 0;

    private static string Root(ILake lake)
    {
        ArgumentNullException.ThrowIfNull(lake);
        return new Uri(lake.Uri).LocalPath;
    }
}
