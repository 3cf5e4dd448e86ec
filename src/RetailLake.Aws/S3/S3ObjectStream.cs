using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Aws.S3;

/// <summary>
/// Reads one version of an object from begin to end. A connection that breaks, or ends early without saying so, is opened again where it broke and
/// under the condition that the object is still the same one: a torn transfer is never the end of the data.
/// </summary>
internal sealed class S3ObjectStream : ForwardStream
{
    /// <summary>Breaks in a row without a byte between them; each request has the client's own retries besides.</summary>
    private const int MostBreaks = 4;

    private readonly IAmazonS3 s3;
    private readonly S3Address lake;
    private readonly string key;
    private readonly string eTag;
    private readonly CancellationToken stop;
    private GetObjectResponse current;
    private long position;
    private int breaks;

    private S3ObjectStream(IAmazonS3 s3, S3Address lake, string key, GetObjectResponse first, CancellationToken stop)
    {
        (this.s3, this.lake, this.key, current, this.stop) = (s3, lake, key, first, stop);
        (Length, eTag) = (first.ContentLength, first.ETag);
    }

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <param name="eTag">The version that is wanted; null: the current one.</param>
    /// <returns>Null when there is none, or it is another version.</returns>
    public static async Task<Stream?> OpenAsync(IAmazonS3 s3, S3Address lake, string key, string? eTag, CancellationToken cancellationToken)
    {
        var first = await S3Presence.FindAsync(s3, lake, key, $"reading '{key}'", OpenAsync, cancellationToken);
        return first is null ? null : new S3ObjectStream(s3, lake, key, first, cancellationToken);

        async Task<GetObjectResponse?> OpenAsync()
        {
            try
            {
                return await s3.GetObjectAsync(new GetObjectRequest { BucketName = lake.Bucket, Key = key, EtagToMatch = eTag }, cancellationToken);
            }
            catch (AmazonS3Exception fault) when (eTag is not null && fault.IsConditionFailed())
            {
                return null;
            }
        }
    }

    public override int Read(Span<byte> buffer)
    {
        while (position < Length && buffer.Length > 0)
        {
            try
            {
                if (Took(current.ResponseStream.Read(buffer)) is > 0 and var count)
                {
                    return count;
                }
            }
            catch (Exception fault) when (IsBroken(fault, stop))
            {
                CountBreak(fault);
            }

            ReopenAsync(stop).GetAwaiter().GetResult();
        }

        return 0;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (position < Length && buffer.Length > 0)
        {
            try
            {
                if (Took(await current.ResponseStream.ReadAsync(buffer, cancellationToken)) is > 0 and var count)
                {
                    return count;
                }
            }
            catch (Exception fault) when (IsBroken(fault, cancellationToken))
            {
                CountBreak(fault);
            }

            await ReopenAsync(cancellationToken);
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseCurrent();
        }

        base.Dispose(disposing);
    }

    /// <remarks>The client compares a whole object with its MD5 only here; another transfer may be right.</remarks>
    private void CloseCurrent()
    {
        try
        {
            current.Dispose();
        }
        catch (AmazonClientException fault)
        {
            throw S3Faults.Outcome(fault, lake, $"comparing what was read of '{key}' with its sum", stop);
        }
    }

    private static bool IsBroken(Exception fault, CancellationToken cancellationToken) => S3Faults.IsUnknown(fault, cancellationToken);

    /// <returns>0 when the transfer ended early.</returns>
    private int Took(int count)
    {
        if (count == 0)
        {
            CountBreak(null);
            return 0;
        }

        (position, breaks) = (position + count, 0);
        return count;
    }

    private void CountBreak(Exception? fault)
    {
        if (++breaks > MostBreaks)
        {
            throw S3Faults.Outcome(fault ?? new EndOfStreamException(), lake, $"reading '{key}' at byte {position:N0} of {Length:N0}", stop);
        }
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        current.Dispose();
        try
        {
            current = await s3.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = lake.Bucket, Key = key, EtagToMatch = eTag,
                    ByteRange = new ByteRange(string.Create(CultureInfo.InvariantCulture, $"bytes={position}-{Length - 1}")),
                },
                cancellationToken);
        }
        catch (AmazonS3Exception fault) when (fault.IsConditionFailed() || fault.IsMissing())
        {
            throw new ObjectDamagedException(
                $"Found another object, or none, under '{key}' in '{lake.Uri}' after {position:N0} of {Length:N0} bytes were read; objects of a lake do not change.",
                "Nothing was taken from it.", "Find out who wrote or deleted it, restore the object from the bucket's versions, then redrive.");
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, lake, $"reading on in '{key}' at byte {position:N0} of {Length:N0}", cancellationToken);
        }
    }
}
