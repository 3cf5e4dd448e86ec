using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AwsCompat.AwsJson;

/// <summary>ServiceURL when given, else the regional host. The packages carry whole rule sets; FIPS and dual-stack hosts are refused here, not guessed.</summary>
internal sealed class RegionalEndpoints(string prefix) : IEndpointProvider
{
    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint? alternate) => new()
    {
        ["Region"] = (alternate ?? config.RegionEndpoint)?.SystemName,
        ["Endpoint"] = config.ServiceURL,
        ["Variant"] = config.UseFIPSEndpoint ? "FIPS" : config.UseDualstackEndpoint ? "dual-stack" : null,
    };

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return new(url);
        }

        if (parameters["Variant"] is string variant)
        {
            throw new AmazonClientException($"Found a {variant} endpoint asked for '{prefix}'; the stand-in knows regional endpoints only. Nothing was sent. Use the real package, or set ServiceURL.");
        }

        var region = parameters["Region"] as string
            ?? throw new AmazonClientException($"Found neither region nor ServiceURL for '{prefix}'. Nothing was sent. Set AWS_REGION.");
        return new($"https://{prefix}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
    }
}
