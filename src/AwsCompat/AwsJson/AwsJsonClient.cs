using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AwsCompat.AwsJson;

/// <summary>A client whose operations are one line each. Credentials, signing, retries, clock skew and HTTP are AWSSDK.Core's own.</summary>
public abstract class AwsJsonClient : AmazonServiceClient
{
    private readonly AwsJsonService _service;

    protected AwsJsonClient(AwsJsonService service, ClientConfig config)
        : base(config) => _service = service;

    protected AwsJsonClient(AwsJsonService service, AWSCredentials credentials, ClientConfig config)
        : base(credentials, config) => _service = service;

    // The base constructor asks for it, so it cannot depend on a field of this class.
    protected override IServiceMetadata ServiceMetadata => new Metadata(Config.ServiceId);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.AddHandlerAfter<Marshaller>(new EndpointResolver());
        pipeline.AddHandlerAfter<RetryHandler>(new SigV4AuthResolver());
    }

    /// <param name="method">The calling method, <c>{Operation}Async</c>.</param>
    protected Task<TResponse> CallAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, [CallerMemberName] string method = "")
        where TResponse : AmazonWebServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(method);
        var options = new InvokeOptions
        {
            RequestMarshaller = new RequestMarshaller(_service, method[..^"Async".Length]),
            ResponseUnmarshaller = new ResponseReader<TResponse>(_service),
        };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }

    private sealed record Metadata(string ServiceId) : IServiceMetadata
    {
        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
