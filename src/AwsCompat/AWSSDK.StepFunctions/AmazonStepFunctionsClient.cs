#nullable disable // the package is not annotated
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using AwsCompat.AwsJson;

namespace Amazon.StepFunctions;

public class AmazonStepFunctionsClient : AwsJsonClient, IAmazonStepFunctions
{
    public AmazonStepFunctionsClient()
        : this(new AmazonStepFunctionsConfig())
    {
    }

    public AmazonStepFunctionsClient(RegionEndpoint region)
        : this(new AmazonStepFunctionsConfig { RegionEndpoint = region })
    {
    }

    public AmazonStepFunctionsClient(AmazonStepFunctionsConfig config)
        : base(StepFunctionsService.Instance, config)
    {
    }

    public AmazonStepFunctionsClient(AWSCredentials credentials)
        : this(credentials, new AmazonStepFunctionsConfig())
    {
    }

    public AmazonStepFunctionsClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonStepFunctionsConfig { RegionEndpoint = region })
    {
    }

    public AmazonStepFunctionsClient(AWSCredentials credentials, AmazonStepFunctionsConfig clientConfig)
        : base(StepFunctionsService.Instance, credentials, clientConfig)
    {
    }

    public virtual Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<StartExecutionResponse>(request, cancellationToken);

    public virtual Task<ListExecutionsResponse> ListExecutionsAsync(ListExecutionsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListExecutionsResponse>(request, cancellationToken);

    public virtual Task<DescribeExecutionResponse> DescribeExecutionAsync(DescribeExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeExecutionResponse>(request, cancellationToken);

    public virtual Task<RedriveExecutionResponse> RedriveExecutionAsync(RedriveExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<RedriveExecutionResponse>(request, cancellationToken);

    public virtual Task<SendTaskSuccessResponse> SendTaskSuccessAsync(SendTaskSuccessRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<SendTaskSuccessResponse>(request, cancellationToken);

    public virtual Task<SendTaskFailureResponse> SendTaskFailureAsync(SendTaskFailureRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<SendTaskFailureResponse>(request, cancellationToken);

    public virtual Task<SendTaskHeartbeatResponse> SendTaskHeartbeatAsync(SendTaskHeartbeatRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<SendTaskHeartbeatResponse>(request, cancellationToken);
}
