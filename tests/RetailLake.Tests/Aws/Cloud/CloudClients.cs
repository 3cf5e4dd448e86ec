using Amazon.Glue;
using Amazon.RedshiftDataAPIService;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>One function's clients, as instances: what a provider did not make it does not dispose of.</summary>
internal sealed record CloudClients(AmazonS3Client S3, AmazonRedshiftDataAPIServiceClient DataApi, AmazonGlueClient Glue, AmazonSimpleSystemsManagementClient Parameters) : IDisposable
{
    public void Dispose()
    {
        S3.Dispose();
        DataApi.Dispose();
        Glue.Dispose();
        Parameters.Dispose();
    }
}
