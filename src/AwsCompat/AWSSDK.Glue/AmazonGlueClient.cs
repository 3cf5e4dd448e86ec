#nullable disable // the package is not annotated
using Amazon.Glue.Model;
using Amazon.Runtime;
using AwsCompat.AwsJson;

namespace Amazon.Glue;

public class AmazonGlueClient : AwsJsonClient, IAmazonGlue
{
    public AmazonGlueClient()
        : this(new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(AmazonGlueConfig config)
        : base(GlueService.Instance, config)
    {
    }

    public AmazonGlueClient(AWSCredentials credentials, AmazonGlueConfig clientConfig)
        : base(GlueService.Instance, credentials, clientConfig)
    {
    }

    public virtual Task<BatchCreatePartitionResponse> BatchCreatePartitionAsync(BatchCreatePartitionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<BatchCreatePartitionResponse>(request, cancellationToken);

    public virtual Task<CreateTableResponse> CreateTableAsync(CreateTableRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateTableResponse>(request, cancellationToken);

    public virtual Task<GetTableResponse> GetTableAsync(GetTableRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetTableResponse>(request, cancellationToken);

    public virtual Task<UpdateTableResponse> UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateTableResponse>(request, cancellationToken);
}
