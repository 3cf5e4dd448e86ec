using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace RetailLake.Tests.Aws;

public sealed class AmazonStepFunctionsClientTests
{
    private const string Machine = "arn:aws:states:ap-south-1:123456789012:stateMachine:crm-ingest";
    private const string Execution = "arn:aws:states:ap-south-1:123456789012:execution:crm-ingest:customer-20261122T190000Z";

    [Fact]
    public async Task StartExecution_SendsSetMembersInCamelCaseOnly()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer($$"""{"executionArn":"{{Execution}}","startDate":1795374000.25}"""));
        using var client = endpoint.Client();

        var response = await client.StartExecutionAsync(new() { StateMachineArn = Machine, Name = "customer-20261122T190000Z", Input = """{"source":"crm"}""" });

        response.ExecutionArn.Should().Be(Execution);
        response.StartDate.Should().Be(new DateTime(2026, 11, 22, 19, 0, 0, 250, DateTimeKind.Utc)).And.BeIn(DateTimeKind.Utc);
        response.ResponseMetadata.RequestId.Should().Be("request-1");
        response.HttpStatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        endpoint.Bodies[0].EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("stateMachineArn", "name", "input");
    }

    [Fact]
    public async Task AnyOperation_IsSignedForStatesInTheRegionWithTheSdksUserAgent()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        using var client = endpoint.Client();

        await client.SendTaskHeartbeatAsync(new() { TaskToken = "t" });

        var headers = endpoint.Requests.Single().Headers;
        headers["authorization"].Should().Contain("Credential=AKIDEXAMPLE/").And.Contain("/ap-south-1/states/aws4_request");
        headers["user-agent"].Should().StartWith("aws-sdk-dotnet").And.Contain("api/SFN#stand-in");
    }

    [Fact]
    public async Task WrongSecret_IsRefusedByTheEndpoint()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        using var client = endpoint.Client("another secret");

        var call = () => client.SendTaskHeartbeatAsync(new() { TaskToken = "t" });

        (await call.Should().ThrowAsync<AmazonStepFunctionsException>()).Which.ErrorCode.Should().Be("InvalidSignatureException");
    }

    [Fact]
    public async Task SessionCredentials_SendAndSignTheToken()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        using var client = endpoint.Client(new SessionAWSCredentials("AKIDEXAMPLE", StepFunctionsEndpoint.Secret, "session-token"));

        await client.SendTaskHeartbeatAsync(new() { TaskToken = "t" });

        var headers = endpoint.Requests.Single().Headers;
        headers["x-amz-security-token"].Should().Be("session-token");
        headers["authorization"].Should().Contain("x-amz-security-token");
    }

    [Fact]
    public async Task Unavailable_OnceThenAnswered_IsRetriedByTheCore()
    {
        await using var endpoint = new StepFunctionsEndpoint(new("<html>503 Slow down</html>", 503), new("{}"));
        using var client = endpoint.Client();

        await client.SendTaskSuccessAsync(new() { TaskToken = "t", Output = "{}" });

        endpoint.Requests.Select(request => request.Headers["amz-sdk-request"]).Should().SatisfyRespectively(
            first => first.Should().Contain("attempt=1"), second => second.Should().Contain("attempt=2"));
        endpoint.Requests.Select(request => request.Headers["amz-sdk-invocation-id"]).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task MissingRequiredMember_IsRefusedByTheEndpoint()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        using var client = endpoint.Client();

        var call = () => client.SendTaskSuccessAsync(new() { TaskToken = "t" });

        await call.Should().ThrowAsync<ValidationException>().WithMessage("*'output' is missing*");
    }

    [Fact]
    public async Task DescribeExecution_ReadsEveryMember()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer($$"""
            {"executionArn":"{{Execution}}","stateMachineArn":"{{Machine}}","name":"customer-20261122T190000Z","status":"FAILED","startDate":1795374000,
             "stopDate":1.795374001E9,"input":"{}","inputDetails":{"included":true},"error":"RejectBudgetExceededException","cause":"Found 12 rejects","redriveCount":1,
             "redriveDate":1795374000.5,"redriveStatus":"REDRIVABLE","newerMember":[{"x":null}]}
            """));
        using var client = endpoint.Client();

        var execution = await client.DescribeExecutionAsync(new() { ExecutionArn = Execution });

        execution.Status.Should().Be(ExecutionStatus.FAILED);
        execution.RedriveStatus.Should().Be(ExecutionRedriveStatus.REDRIVABLE);
        execution.StopDate.Should().Be(execution.StartDate!.Value.AddSeconds(1));
        execution.RedriveDate.Should().Be(execution.StartDate!.Value.AddMilliseconds(500));
        (execution.Error, execution.Cause, execution.RedriveCount).Should().Be(("RejectBudgetExceededException", "Found 12 rejects", 1));
        execution.Output.Should().BeNull();
    }

    [Fact]
    public async Task StatusUnknownToTheStandIn_IsKept()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer("""{"status":"HIBERNATING"}"""));
        using var client = endpoint.Client();

        (await client.DescribeExecutionAsync(new() { ExecutionArn = Execution })).Status.Value.Should().Be("HIBERNATING");
    }

    [Fact]
    public async Task RedriveExecution_ReturnsItsDate()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer("""{"redriveDate":1795374000}"""));
        using var client = endpoint.Client();

        var response = await client.RedriveExecutionAsync(new() { ExecutionArn = Execution, ClientToken = "once" });

        response.RedriveDate.Should().Be(new DateTime(2026, 11, 22, 19, 0, 0, DateTimeKind.Utc));
        endpoint.Bodies[0].GetProperty("clientToken").GetString().Should().Be("once");
    }

    [Fact]
    public async Task ListExecutions_SendsFiltersByValue()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer("""{"executions":[]}"""));
        using var client = endpoint.Client();

        await client.ListExecutionsAsync(new() { StateMachineArn = Machine, StatusFilter = ExecutionStatus.RUNNING, MaxResults = 5 });

        JsonSerializer.Serialize(endpoint.Bodies[0]).Should().Contain("\"statusFilter\":\"RUNNING\"").And.Contain("\"maxResults\":5").And.NotContain("nextToken");
    }

    [Fact]
    public async Task Cancelled_EndsAtOnce()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        using var client = endpoint.Client();

        var call = () => client.SendTaskHeartbeatAsync(new() { TaskToken = "t" }, new CancellationToken(canceled: true));

        await call.Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("ap-south-1", "https://states.ap-south-1.amazonaws.com")]
    [InlineData("cn-north-1", "https://states.cn-north-1.amazonaws.com.cn")]
    public void Region_DecidesTheHost(string region, string host)
    {
        var config = new AmazonStepFunctionsConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) };

        config.DetermineServiceOperationEndpoint(new(new StartExecutionRequest())).URL.TrimEnd('/').Should().Be(host);
    }

    [Fact]
    public void FipsEndpoint_IsRefusedNotGuessed()
    {
        var config = new AmazonStepFunctionsConfig { RegionEndpoint = RegionEndpoint.APSouth1, UseFIPSEndpoint = true };

        var resolve = () => config.DetermineServiceOperationEndpoint(new(new StartExecutionRequest()));

        resolve.Should().Throw<AmazonClientException>().WithMessage("*FIPS*Nothing was sent*");
    }

    [Fact]
    public async Task NoCredentialsGiven_TheCoresChainFindsTheProfile()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"[lake]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = {StepFunctionsEndpoint.Secret}\n");
        using var client = new AmazonStepFunctionsClient(
            new AmazonStepFunctionsConfig { Profile = new Profile("lake", file), ServiceURL = endpoint.Url, AuthenticationRegion = "ap-south-1" });

        await client.SendTaskHeartbeatAsync(new() { TaskToken = "t" });

        endpoint.Requests.Single().Headers["authorization"].Should().Contain("Credential=AKIDPROFILE/");
        File.Delete(file);
    }

    [Fact]
    public void ServiceFactoryOfTheInterface_MakesThisClient()
    {
        using var client = (IDisposable)Create<IAmazonStepFunctions>();

        client.Should().BeOfType<AmazonStepFunctionsClient>();

        static IAmazonService Create<T>()
            where T : IAmazonService
        {
            var config = T.CreateDefaultClientConfig();
            config.RegionEndpoint = RegionEndpoint.APSouth1;
            return T.CreateDefaultServiceClient(new AnonymousAWSCredentials(), config);
        }
    }
}
