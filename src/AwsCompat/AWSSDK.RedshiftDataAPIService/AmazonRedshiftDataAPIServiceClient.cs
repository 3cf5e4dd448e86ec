#nullable disable // the package is not annotated
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;
using AwsCompat.AwsJson;

namespace Amazon.RedshiftDataAPIService;

public class AmazonRedshiftDataAPIServiceClient : AwsJsonClient, IAmazonRedshiftDataAPIService
{
    public AmazonRedshiftDataAPIServiceClient()
        : this(new AmazonRedshiftDataAPIServiceConfig())
    {
    }

    public AmazonRedshiftDataAPIServiceClient(AmazonRedshiftDataAPIServiceConfig config)
        : base(RedshiftDataService.Instance, config)
    {
    }

    public AmazonRedshiftDataAPIServiceClient(AWSCredentials credentials, AmazonRedshiftDataAPIServiceConfig clientConfig)
        : base(RedshiftDataService.Instance, credentials, clientConfig)
    {
    }

    public virtual Task<BatchExecuteStatementResponse> BatchExecuteStatementAsync(BatchExecuteStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<BatchExecuteStatementResponse>(request, cancellationToken);

    public virtual Task<CancelStatementResponse> CancelStatementAsync(CancelStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CancelStatementResponse>(request, cancellationToken);

    public virtual Task<DescribeStatementResponse> DescribeStatementAsync(DescribeStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeStatementResponse>(request, cancellationToken);

    public virtual Task<ExecuteStatementResponse> ExecuteStatementAsync(ExecuteStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ExecuteStatementResponse>(request, cancellationToken);

    public virtual Task<GetStatementResultResponse> GetStatementResultAsync(GetStatementResultRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetStatementResultResponse>(request, cancellationToken);
}
