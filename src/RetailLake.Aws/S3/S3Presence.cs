using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.S3;

/// <summary>Whether an object is there, also for a role that may not list the whole bucket.</summary>
/// <remarks>
/// S3 answers 404 for an object that is not there only to a caller with an unconditional s3:ListBucket; to all others 403, as for one that may not be read. Roles here list
/// under prefixes, so a 403 is settled by listing the key itself: <c>not listed = absent, listed = refused, listing refused = refused</c>.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
/// </remarks>
internal static class S3Presence
{
    /// <returns>Null when there is no object.</returns>
    public static async Task<T?> FindAsync<T>(IAmazonS3 s3, S3Address lake, string key, string what, Func<Task<T?>> look, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (AmazonS3Exception fault) when (fault.IsMissing())
        {
            return null;
        }
        catch (AmazonS3Exception fault) when (fault.IsRefused())
        {
            return await IsListedAsync(s3, lake, key, what, cancellationToken) ? throw S3Faults.Refused(fault, lake, what) : null;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, lake, what, cancellationToken);
        }
    }

    /// <returns>Null when there is no object.</returns>
    public static Task<GetObjectMetadataResponse?> HeadAsync(IAmazonS3 s3, S3Address lake, string key, CancellationToken cancellationToken) => FindAsync(
        s3, lake, key, $"looking at '{key}'", async () => await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = lake.Bucket, Key = key }, cancellationToken), cancellationToken);

    private static async Task<bool> IsListedAsync(IAmazonS3 s3, S3Address lake, string key, string what, CancellationToken cancellationToken)
    {
        try
        {
            var page = await S3Listing.PageAsync(s3, lake, new() { BucketName = lake.Bucket, Prefix = key, MaxKeys = 1, Encoding = EncodingType.Url }, cancellationToken);
            return S3Listing.Keys(page).FirstOrDefault() == key;
        }
        catch (LakeAccessException fault)
        {
            throw new LakeAccessException(
                $"Found access denied at {what} in '{lake.Uri}', and at listing it: S3 does not say whether the object is there.", "Nothing was published.",
                "Grant the role s3:ListBucket for this prefix (s3:prefix) in template.yaml, deploy, then redrive the execution.", fault);
        }
    }
}
