using Amazon.Runtime;
using Amazon.S3;

namespace RetailLake.Aws.S3;

/// <summary>The client of the functions: credentials, region and endpoint as the SDK finds them in the environment.</summary>
public static class S3Clients
{
    /// <summary>S3 answers 503 SlowDown until a prefix has been spread; the SDK's two retries are too few for that.</summary>
    private const int Retries = 6;

    public static AmazonS3Client Create()
    {
        var config = Configure(new() { MaxErrorRetry = Retries });

        // Only Amazon's own hosts have a name for each bucket.
        config.ForcePathStyle = !string.IsNullOrEmpty(config.ServiceURL);
        return new(config);
    }

    /// <summary>What a lake needs of any client.</summary>
    public static AmazonS3Config Configure(AmazonS3Config config)
    {
        ArgumentNullException.ThrowIfNull(config);

        // The client has no sum of objects in parts to compare with. What a manifest lists is proven by the manifest's own sum, end to end.
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return config;
    }
}
