using Amazon.S3;

namespace RetailLake.Aws.S3;

/// <summary>The client of the functions: credentials, region and endpoint as the SDK finds them in the environment.</summary>
public static class S3Clients
{
    /// <summary>S3 answers 503 SlowDown until a prefix has been spread; the SDK's two retries are too few for that.</summary>
    private const int Retries = 6;

    public static AmazonS3Client Create()
    {
        var config = new AmazonS3Config { MaxErrorRetry = Retries };

        // Only Amazon's own hosts have a name for each bucket.
        config.ForcePathStyle = !string.IsNullOrEmpty(config.ServiceURL);
        return new(config);
    }
}
