using Amazon.Lambda.Core;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Invocation;

internal sealed class InvocationContext(LocalFunction function, string requestId, ILambdaLogger logger, TimeProvider time) : ILambdaContext
{
    private readonly long started = time.GetTimestamp();

    public string AwsRequestId { get; } = requestId;

    public IClientContext ClientContext => null!;

    public string FunctionName => function.Name;

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => function.Arn;

    public ILambdaLogger Logger { get; } = logger;

    public string LogGroupName => $"/aws/lambda/{function.Name}";

    public string LogStreamName => AwsRequestId;

    public int MemoryLimitInMB => function.MemoryMegabytes;

    public TimeSpan RemainingTime
    {
        get
        {
            var left = function.Timeout - time.GetElapsedTime(started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
