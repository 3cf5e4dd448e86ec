using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace RetailLake.Aws.S3;

/// <summary>All pages of a listing, 1,000 objects each.</summary>
internal static class S3Listing
{
    public static async IAsyncEnumerable<S3Object> AllAsync(
        IAmazonS3 s3, S3Address address, ListObjectsV2Request request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await PageAsync(s3, address, request, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is { Length: > 0 });
    }

    public static async Task<ListObjectsV2Response> PageAsync(IAmazonS3 s3, S3Address address, ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        try
        {
            return await s3.ListObjectsV2Async(request, cancellationToken);
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"the listing of '{request.Prefix}'");
        }
    }
}
