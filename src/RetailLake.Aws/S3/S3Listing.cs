using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace RetailLake.Aws.S3;

/// <summary>All pages of a listing, 1,000 objects each.</summary>
internal static class S3Listing
{
    public static async IAsyncEnumerable<S3Object> AllAsync(
        IAmazonS3 s3, S3Address lake, ListObjectsV2Request request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Names of uploads may hold characters that XML has no place for.
        request.Encoding = EncodingType.Url;
        do
        {
            var page = await PageAsync(s3, lake, request, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                found.Key = Plain(found.Key);
                yield return found;
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    public static IEnumerable<string> Keys(ListObjectsV2Response page) => (page.S3Objects ?? []).Select(found => Plain(found.Key));

    public static async Task<ListObjectsV2Response> PageAsync(IAmazonS3 s3, S3Address lake, ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        try
        {
            return await s3.ListObjectsV2Async(request, cancellationToken);
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, lake, $"listing '{request.Prefix}'", cancellationToken);
        }
    }

    /// <summary>The client leaves the encoding that it was told to ask for, a form's, where '+' is a space.</summary>
    private static string Plain(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
}
