using Amazon.S3;
using Amazon.S3.Model;

namespace RetailLake.Aws.S3;

/// <summary>
/// Gives one object its key, unless the key is taken (<c>If-None-Match: *</c>). A lost answer is repeated, and the repetition then meets the object that the first
/// one made; so each attempt carries a mark of its own, and whoever is refused looks whose mark the object has.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html</remarks>
internal sealed class S3Publish(IAmazonS3 s3, S3Address address, string key)
{
    private const string MarkName = "x-amz-meta-retaillake-writer";
    private const string Everything = "*";

    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <returns>False when the key is taken; the object there is untouched.</returns>
    public async Task<bool> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(content.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = address.Bucket, Key = key, InputStream = body, AutoCloseStream = false, IfNoneMatch = Everything, ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
        };
        request.Metadata.Add(MarkName, mark);
        return await DecideAsync(() => s3.PutObjectAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = address.Bucket, Key = key, ChecksumAlgorithm = ChecksumAlgorithm.CRC32 };
        request.Metadata.Add(MarkName, mark);
        try
        {
            return (await s3.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"beginning '{key}'");
        }
    }

    public async Task<PartETag> PartAsync(string upload, int number, Stream body, CancellationToken cancellationToken)
    {
        try
        {
            var part = await s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = address.Bucket, Key = key, UploadId = upload, PartNumber = number, InputStream = body, PartSize = body.Length,
                    ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                },
                cancellationToken);
            return new PartETag(number, part.ETag) { ChecksumCRC32 = part.ChecksumCRC32 };
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"part {number} of '{key}'");
        }
    }

    /// <returns>False when the key is taken; the object there is untouched and the parts are thrown away.</returns>
    public async Task<bool> CompleteAsync(string upload, List<PartETag> parts, CancellationToken cancellationToken)
    {
        var isMine = await DecideAsync(
            () => s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = address.Bucket, Key = key, UploadId = upload, PartETags = parts, IfNoneMatch = Everything }, cancellationToken),
            cancellationToken);
        if (!isMine)
        {
            await AbortAsync(upload);
        }

        return isMine;
    }

    /// <summary>Throws the parts away. Where that fails the bucket's lifecycle rule does it two days later; the reason for giving up is worth more than this.</summary>
    public async Task AbortAsync(string upload)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = address.Bucket, Key = key, UploadId = upload }, CancellationToken.None);
        }
        catch (Exception fault) when (fault is AmazonS3Exception || S3Faults.IsUnknown(fault))
        {
            return;
        }
    }

    private async Task<bool> DecideAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        try
        {
            await send();
            return true;
        }
        catch (Exception fault) when (fault is AmazonS3Exception answer && (answer.IsConditionFailed() || answer.ErrorCode == "NoSuchUpload") || S3Faults.IsUnknown(fault))
        {
            return await WriterAsync(cancellationToken) is { } writer ? writer == mark : throw S3Faults.Outcome(fault, address, $"publishing '{key}'");
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"publishing '{key}'");
        }
    }

    /// <returns>The mark of the object that has the key, empty when it has none; null when there is no object.</returns>
    private async Task<string?> WriterAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = address.Bucket, Key = key }, cancellationToken);
            return found.Metadata[MarkName] ?? "";
        }
        catch (AmazonS3Exception fault) when (fault.IsMissing())
        {
            return null;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"looking who published '{key}'");
        }
    }
}
