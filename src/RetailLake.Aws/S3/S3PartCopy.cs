using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;

namespace RetailLake.Aws.S3;

/// <summary>Copies an object that is too large for one CopyObject, part by part, within S3.</summary>
/// <remarks>That it is one version throughout, each part's condition says; a whole object's SHA-256 S3 does not take of parts.</remarks>
internal sealed class S3PartCopy(IAmazonS3 s3, S3Address lake, long partBytes)
{
    private const int AtOnce = 8;

    /// <returns>False when the key is taken, null when the source is another version or gone.</returns>
    public async Task<bool?> CopyAsync(string from, string version, long bytes, S3Publish publish, string to, CancellationToken cancellationToken)
    {
        var upload = await publish.BeginAsync(cancellationToken);
        bool? isMine = null;
        try
        {
            var parts = new ConcurrentBag<PartETag>();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, (int)((bytes + partBytes - 1) / partBytes)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (index, stop) => parts.Add(await PartAsync(from, version, bytes, to, upload, index, stop)));
            isMine = await publish.CompleteAsync(upload, [.. parts.OrderBy(part => part.PartNumber)], cancellationToken);
            return isMine;
        }
        catch (AmazonS3Exception fault) when (fault.IsConditionFailed() || fault.IsMissing())
        {
            return null;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, lake, $"copying to '{to}'", cancellationToken);
        }
        finally
        {
            if (isMine is not true)
            {
                await publish.AbortAsync(upload);
            }
        }
    }

    private async Task<PartETag> PartAsync(string from, string version, long bytes, string to, string upload, int index, CancellationToken cancellationToken)
    {
        var first = index * partBytes;
        var copied = await s3.CopyPartAsync(
            new CopyPartRequest
            {
                SourceBucket = lake.Bucket, SourceKey = from, ETagToMatch = [version], DestinationBucket = lake.Bucket, DestinationKey = to,
                UploadId = upload, PartNumber = index + 1, FirstByte = first, LastByte = Math.Min(first + partBytes, bytes) - 1,
            },
            cancellationToken);
        return new(index + 1, copied.ETag) { ChecksumCRC32 = copied.ChecksumCRC32 };
    }
}
