using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;

namespace RetailLake.Aws.S3;

/// <summary>Uploads into a lake's bucket. An object's version is its ETag: every look, read, copy and deletion is under the condition that it is still the same.</summary>
public sealed class S3Uploads(IAmazonS3 s3, S3Lake lake) : IUploads
{
    private readonly S3Address address = lake.Address;

    /// <summary>CopyObject takes no more; in bytes.</summary>
    internal long LargestCopy { get; init; } = 5L << 30;

    internal long CopyPartBytes { get; init; } = 1L << 30;

    public async IAsyncEnumerable<Upload> ListAsync(string source, string feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Place(source, feed, "");
        await foreach (var found in S3Listing.AllAsync(s3, address, new() { BucketName = address.Bucket, Prefix = folder }, cancellationToken))
        {
            var name = found.Key[folder.Length..];

            // The console makes an object of no name where somebody creates a folder.
            if (name.Length > 0 && DropRecords.IdOf(name) is null)
            {
                yield return Of(source, feed, name, found.Size ?? 0, found.LastModified, found.ETag, found.StorageClass?.Value);
            }
        }
    }

    public async Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return S3Names.IsPlain(name) && await S3Presence.HeadAsync(s3, address, Place(source, feed, name), cancellationToken) is { } found
            ? Of(source, feed, name, found.ContentLength, found.LastModified, found.ETag, found.StorageClass?.Value)
            : null;
    }

    /// <remarks>An object is seen only when all of it is there.</remarks>
    public Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken) => Task.FromResult(uploads);

    public Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return S3Names.IsPlain(upload.Name)
            ? S3ObjectStream.OpenAsync(s3, address, Place(upload), upload.Version, cancellationToken)
            : Task.FromResult<Stream?>(null);
    }

    public async Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        if (await FindAsync(upload.Source, upload.Feed, upload.Name, cancellationToken) is not { } found || found.Version != upload.Version)
        {
            return false;
        }

        var isMine = await lake.LengthAsync(key, cancellationToken) is not null ? false
            : found.Bytes > LargestCopy ? await new S3PartCopy(s3, address, CopyPartBytes).CopyAsync(Place(upload), upload.Version, found.Bytes, lake.Publish(key), address.KeyOf(key), cancellationToken)
            : await CopyWholeAsync(Place(upload), upload.Version, key, sha256, cancellationToken);

        // Another attempt may have landed the same bytes before.
        return isMine is not false ? isMine is true : await lake.LengthAsync(key, cancellationToken) == found.Bytes ? true : throw new InvalidOperationException(
            $"Found another object under '{key}', which is named by the hash of {found.Bytes:N0} bytes. It is untouched, and so is the upload. Move the object away; the next sweep lands it again.");
    }

    /// <remarks>Only the version that was looked at, and the bucket's versions keep it: the deletion writes a marker.</remarks>
    public async Task DeleteAsync(Upload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        if (!S3Names.IsPlain(upload.Name))
        {
            return;
        }

        try
        {
            await s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = address.Bucket, Key = Place(upload), IfMatch = upload.Version }, cancellationToken);
        }
        catch (AmazonS3Exception fault) when (fault.IsConditionFailed() || fault.IsMissing())
        {
            return;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, "deleting an upload", cancellationToken);
        }
    }

    private async Task<bool?> CopyWholeAsync(string from, string version, string key, string sha256, CancellationToken cancellationToken)
    {
        string? copied = null;
        var isMine = await lake.Publish(key).CopyAsync(
            () => new() { SourceBucket = address.Bucket, SourceKey = from, ETagToMatch = version, ChecksumAlgorithm = ChecksumAlgorithm.SHA256 },
            answer => copied = answer.ChecksumSHA256, cancellationToken);
        if (isMine is not true || copied is null || Convert.ToHexStringLower(Convert.FromBase64String(copied)) == sha256)
        {
            return isMine;
        }

        // The key says what the content is: other bytes must never keep it.
        await lake.DeleteAsync(key, cancellationToken);
        return null;
    }

    private static Upload Of(string source, string feed, string name, long bytes, DateTime? modified, string version, string? storage) =>
        new(source, feed, name, bytes, Whole(modified), version, S3Names.Oddity(name, storage)) { AppearedWhole = true };

    /// <summary>A listing has milliseconds and a look at the object has none.</summary>
    private static DateTimeOffset Whole(DateTime? modified) =>
        modified is { } at ? DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(at.ToUniversalTime()).ToUnixTimeSeconds()) : DateTimeOffset.UnixEpoch;

    private string Place(Upload upload) => Place(upload.Source, upload.Feed, upload.Name);

    private string Place(string source, string feed, string name) => address.KeyOf(DropRecords.Folder(source, feed)) + name;
}
