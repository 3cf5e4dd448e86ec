using Amazon.Runtime;

namespace RetailLake.Aws;

/// <summary>An endpoint other than Amazon's own, as the AWS tools name it: <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, else <c>AWS_ENDPOINT_URL</c>.</summary>
/// <remarks>Written out, since the client itself takes neither while a region is set, which on Lambda it always is. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html</remarks>
public static class CloudEndpoint
{
    /// <param name="service">Its id in capitals, such as <c>S3</c>.</param>
    /// <returns>Whether there is one.</returns>
    public static bool Apply(ClientConfig config, string service, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(variable);
        var named = variable($"AWS_ENDPOINT_URL_{service}") is { Length: > 0 } own ? own : variable("AWS_ENDPOINT_URL");
        if (string.IsNullOrEmpty(named) || variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true")
        {
            return false;
        }

        config.ServiceURL = named;
        config.AuthenticationRegion = variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION");
        return true;
    }
}
