using System.Runtime.InteropServices;
using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.S3;

/// <summary>
/// Gives one object its key, unless the key is taken (<c>If-None-Match: *</c>). A request whose answer was lost is repeated and then meets the object that it made
/// itself; so each object carries a mark of its writer, and whoever is refused looks whose mark is there.
/// <list type="table">
/// <item><term>200</term><description>ours</description></item>
/// <item><term>412</term><description>ours when the mark is, else taken</description></item>
/// <item><term>409, another request about the key is under way</term><description>the mark decides; without an object, once more</description></item>
/// <item><term>5xx, no answer, NoSuchUpload</term><description>the mark decides; without an object the task must try again</description></item>
/// </list>
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html</remarks>
internal sealed class S3Publish(IAmazonS3 s3, S3Address lake, string key, TimeProvider time)
{
    private const string MarkName = "x-amz-meta-retaillake-writer";
    private const string Everything = "*";
    private const int MostConflicts = 6;

    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <returns>False when the key is taken; the object there is untouched.</returns>
    public Task<bool> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => IsMineAsync(
        async () =>
        {
            using var body = Body(content);
            var request = new PutObjectRequest
            {
                BucketName = lake.Bucket, Key = key, InputStream = body, AutoCloseStream = false, IfNoneMatch = Everything, ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            };
            request.Metadata.Add(MarkName, mark);
            await s3.PutObjectAsync(request, cancellationToken);
        },
        cancellationToken);

    /// <summary>Copies within S3.</summary>
    /// <returns>False when the key is taken; the object there is untouched. Null when the source is not what the request demands.</returns>
    public Task<bool?> CopyAsync(Func<CopyObjectRequest> from, Action<CopyObjectResponse> done, CancellationToken cancellationToken) => DecideAsync(
        async () =>
        {
            var request = from();
            (request.DestinationBucket, request.DestinationKey, request.IfNoneMatch) = (lake.Bucket, key, Everything);

            // Neither metadata nor tags of a sender come along; copying tags would also need a grant of its own.
            (request.MetadataDirective, request.TaggingDirective) = (S3MetadataDirective.REPLACE, TaggingDirective.REPLACE);
            request.Metadata.Add(MarkName, mark);
            done(await s3.CopyObjectAsync(request, cancellationToken));
        },
        cancellationToken);

    /// <returns>Id of a multipart upload.</returns>
    public async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = lake.Bucket, Key = key, ChecksumAlgorithm = ChecksumAlgorithm.CRC32 };
        request.Metadata.Add(MarkName, mark);
        try
        {
            return (await s3.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, lake, $"beginning '{key}'", cancellationToken);
        }
    }

    public async Task<PartETag> PartAsync(string upload, int number, Stream body, CancellationToken cancellationToken)
    {
        try
        {
            var part = await s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = lake.Bucket, Key = key, UploadId = upload, PartNumber = number, InputStream = body, PartSize = body.Length, ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                },
                cancellationToken);
            return new(number, part.ETag) { ChecksumCRC32 = part.ChecksumCRC32 };
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, lake, $"part {number} of '{key}'", cancellationToken);
        }
    }

    /// <returns>False when the key is taken; the object there is untouched, and the parts remain.</returns>
    public Task<bool> CompleteAsync(string upload, List<PartETag> parts, CancellationToken cancellationToken) => IsMineAsync(
        () => s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = lake.Bucket, Key = key, UploadId = upload, PartETags = parts, IfNoneMatch = Everything }, cancellationToken),
        cancellationToken);

    /// <summary>Throws the parts away. Where that fails the bucket's lifecycle rule does it two days later; the reason for giving up is worth more than this.</summary>
    public async Task AbortAsync(string upload)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = lake.Bucket, Key = key, UploadId = upload }, CancellationToken.None);
        }
        catch (Exception fault) when (fault is AmazonS3Exception || S3Faults.IsUnknown(fault, CancellationToken.None))
        {
            return;
        }
    }

    private async Task<bool> IsMineAsync(Func<Task> send, CancellationToken cancellationToken) =>
        await DecideAsync(send, cancellationToken) ?? throw new LakeUnavailableException(
            $"Found '{key}' in '{lake.Uri}' taken and a moment later gone: another attempt wrote it and somebody deleted it.", "Nothing was published.",
            "It is tried again; when it persists, find out who deletes objects of the lake, then redrive the execution.");

    /// <returns>Null when a condition failed, and not the one that the key is free.</returns>
    private async Task<bool?> DecideAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            try
            {
                await send();
                return true;
            }
            catch (AmazonS3Exception fault) when (fault.IsConditionFailed())
            {
                return await WriterAsync(fault, isTaken: true, cancellationToken) is { } writer ? writer == mark : null;
            }
            catch (AmazonS3Exception fault) when (fault.IsConflict())
            {
                if (await WriterAsync(fault, isTaken: false, cancellationToken) is { } writer)
                {
                    return writer == mark;
                }

                if (conflicts == MostConflicts)
                {
                    throw S3Faults.Outcome(fault, lake, $"publishing '{key}'", cancellationToken);
                }
            }
            catch (Exception fault) when (fault is AmazonS3Exception { ErrorCode: "NoSuchUpload" } || S3Faults.IsUnknown(fault, cancellationToken))
            {
                return await WriterAsync(fault, isTaken: false, cancellationToken) is { } writer
                    ? writer == mark
                    : throw S3Faults.Outcome(fault, lake, $"publishing '{key}'", cancellationToken);
            }
            catch (Exception fault)
            {
                throw S3Faults.Outcome(fault, lake, $"publishing '{key}'", cancellationToken);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50 << conflicts), time, cancellationToken);
        }
    }

    /// <param name="isTaken">S3 said so. A role that may write but not read the key then counts as the loser, which is safe: who loses adopts or writes anew.</param>
    /// <returns>The mark of the object that has the key, empty when it has none; null when there is no object.</returns>
    private async Task<string?> WriterAsync(Exception because, bool isTaken, CancellationToken cancellationToken)
    {
        try
        {
            return await S3Presence.HeadAsync(s3, lake, key, cancellationToken) is { } found ? found.Metadata[MarkName] ?? "" : null;
        }
        catch (LakeAccessException) when (isTaken)
        {
            return "";
        }
        catch (LakeAccessException)
        {
            throw new LakeAccessException(
                $"Found no answer to publishing '{key}' in '{lake.Uri}', and no right to look whether it succeeded.", "Whether it was published is not known; nothing lists it.",
                "Grant the role s3:GetObject where it may write, in template.yaml, deploy, then redrive the execution.", because);
        }
    }

    private static MemoryStream Body(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array) ? new(array.Array!, array.Offset, array.Count, writable: false) : new(content.ToArray(), writable: false);
}
