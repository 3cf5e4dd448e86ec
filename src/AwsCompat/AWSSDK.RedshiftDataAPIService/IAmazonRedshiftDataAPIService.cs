// Stand-in for the operations of AWSSDK.RedshiftDataAPIService 4.0 that this project uses: same names, on the real AWSSDK.Core.
#nullable disable // the package is not annotated
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

public interface IAmazonRedshiftDataAPIService : IAmazonService, IDisposable
{
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonRedshiftDataAPIServiceConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonRedshiftDataAPIServiceClient(awsCredentials, (AmazonRedshiftDataAPIServiceConfig)clientConfig);

    Task<BatchExecuteStatementResponse> BatchExecuteStatementAsync(BatchExecuteStatementRequest request, CancellationToken cancellationToken = default);

    Task<CancelStatementResponse> CancelStatementAsync(CancelStatementRequest request, CancellationToken cancellationToken = default);

    Task<DescribeStatementResponse> DescribeStatementAsync(DescribeStatementRequest request, CancellationToken cancellationToken = default);

    Task<ExecuteStatementResponse> ExecuteStatementAsync(ExecuteStatementRequest request, CancellationToken cancellationToken = default);

    Task<GetStatementResultResponse> GetStatementResultAsync(GetStatementResultRequest request, CancellationToken cancellationToken = default);
}
