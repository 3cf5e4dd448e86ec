using Amazon;
using Amazon.Glue;
using Amazon.RedshiftDataAPIService;
using Amazon.Runtime;
using Amazon.StepFunctions;

namespace RetailLake.Tests.Aws;

/// <summary>The stand-ins go where the SDK's settings say: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.</summary>
public sealed class EndpointSettingsTests
{
    public static TheoryData<string> Services => ["REDSHIFT_DATA", "GLUE", "SFN"];

    [Theory]
    [MemberData(nameof(Services))]
    public void EndpointOfTheService_IsTakenFromTheEnvironment(string service)
    {
        var name = $"AWS_ENDPOINT_URL_{service}";
        Environment.SetEnvironmentVariable(name, "http://127.0.0.1:4999");
        try
        {
            Url(service, config => config).Should().Be("http://127.0.0.1:4999");
            Url(service, config => config.ServiceURL = "http://127.0.0.1:5000").Should().Be("http://127.0.0.1:5000");
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static string Url(string service, Func<ClientConfig, object> set)
    {
        ClientConfig config = service switch
        {
            "REDSHIFT_DATA" => new AmazonRedshiftDataAPIServiceConfig(),
            "GLUE" => new AmazonGlueConfig(),
            _ => new AmazonStepFunctionsConfig(),
        };
        config.RegionEndpoint = RegionEndpoint.APSouth1;
        set(config);
        return config.DetermineServiceOperationEndpoint(new(new Amazon.StepFunctions.Model.StartExecutionRequest())).URL.TrimEnd('/');
    }
}
