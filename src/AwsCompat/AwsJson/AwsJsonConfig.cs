using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace AwsCompat.AwsJson;

public abstract class AwsJsonConfig : ClientConfig
{
    // 'standard' is the mode that the SDK's v4 starts with; its values are the published defaults of that mode.
    private static readonly DefaultConfiguration[] Modes =
    [
        new() { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard, ConnectTimeout = TimeSpan.FromSeconds(3.1), TlsNegotiationTimeout = TimeSpan.FromSeconds(3.1) },
    ];

    private readonly AwsJsonService _service;

    protected AwsJsonConfig(AwsJsonService service)
        : base(new DefaultConfigurationProvider(Modes))
    {
        ArgumentNullException.ThrowIfNull(service);
        _service = service;
        ServiceId = service.ServiceId;
        AuthenticationServiceName = service.EndpointPrefix;
        EndpointProvider = new RegionalEndpoints(service.EndpointPrefix);
        UserAgent = InternalSDKUtils.BuildUserAgentString(service.ServiceId, "stand-in");
    }

    public override string ServiceVersion => _service.ApiVersion;

    public override string UserAgent { get; }

    public override string RegionEndpointServiceName => _service.EndpointPrefix;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return EndpointProvider.ResolveEndpoint(RegionalEndpoints.Parameters(this, parameters.AlternateEndpoint));
    }
}
