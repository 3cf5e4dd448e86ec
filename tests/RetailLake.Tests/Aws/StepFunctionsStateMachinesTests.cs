using Amazon.StepFunctions.Model;
using RetailLake.Aws;
using RetailLake.Core;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Aws;

public sealed class StepFunctionsStateMachinesTests
{
    private const string Pattern = "arn:aws:states:ap-south-1:123456789012:stateMachine:{source}-ingest";

    [Fact]
    public async Task Start_NewName_IsTrueAndNamesTheSourcesMachine()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer("""{"executionArn":"a","startDate":1}"""));

        (await Machines(endpoint).StartAsync("crm", "customer-20261122T190000Z", "{}", default)).Should().BeTrue();

        endpoint.Bodies[0].GetProperty("stateMachineArn").GetString().Should().EndWith(":stateMachine:crm-ingest");
    }

    [Fact]
    public async Task Start_NameExists_IsFalse()
    {
        await using var endpoint = new StepFunctionsEndpoint(Answer.Error("ExecutionAlreadyExists"));

        (await Machines(endpoint).StartAsync("crm", "customer-20261122T190000Z", "{}", default)).Should().BeFalse();
    }

    /// <summary>An exception of AWS's own would fail a whole batch of messages, of whichever feeds.</summary>
    [Theory]
    [InlineData("StateMachineDoesNotExist", 400, typeof(LakeAccessException))]
    [InlineData("StateMachineDeleting", 400, typeof(LakeAccessException))]
    [InlineData("AccessDeniedException", 400, typeof(LakeAccessException))]
    [InlineData("ExecutionLimitExceeded", 400, typeof(LakeUnavailableException))]
    [InlineData("InternalServerError", 501, typeof(LakeUnavailableException))]
    public async Task Refusal_IsAnOutcomeWithAName(string code, int status, Type outcome)
    {
        await using var endpoint = new StepFunctionsEndpoint(Answer.Error(code, status: status), Answer.Error(code, status: status));

        var start = () => Machines(endpoint).StartAsync("crm", "n", "{}", default);
        var list = () => Machines(endpoint).RunningAsync("crm", default);

        var started = (await start.Should().ThrowAsync<LakeException>()).Which;
        started.Should().BeOfType(outcome);
        started.Found.Should().Contain("crm-ingest");
        (await list.Should().ThrowAsync<LakeException>()).Which.Should().BeOfType(outcome);
    }

    [Fact]
    public async Task NoAnswer_IsAnOutcomeWithAName()
    {
        var endpoint = new StepFunctionsEndpoint();
        var machines = Machines(endpoint);
        await endpoint.DisposeAsync();

        var start = () => machines.StartAsync("crm", "n", "{}", default);

        await start.Should().ThrowAsync<LakeUnavailableException>();
    }

    [Fact]
    public async Task Running_SeveralPages_ReturnsAllNames()
    {
        await using var endpoint = new StepFunctionsEndpoint(
            new("""{"executions":[{"name":"a-1","status":"RUNNING"},{"name":"b-1","status":"RUNNING"}],"nextToken":"p2"}"""),
            new("""{"executions":[],"nextToken":"p3"}"""),
            new("""{"executions":[{"name":"c-1","status":"RUNNING"}]}"""));

        (await Machines(endpoint).RunningAsync("crm", default)).Should().Equal("a-1", "b-1", "c-1");

        endpoint.Bodies.Select(body => body.TryGetProperty("nextToken", out var token) ? token.GetString() : null).Should().Equal(null, "p2", "p3");
        endpoint.Bodies.Should().OnlyContain(body => body.GetProperty("statusFilter").GetString() == "RUNNING");
    }

    [Fact]
    public async Task Running_NothingRuns_IsEmpty()
    {
        await using var endpoint = new StepFunctionsEndpoint(new Answer("{}"));

        (await Machines(endpoint).RunningAsync("crm", default)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("TaskDoesNotExist")]
    [InlineData("TaskTimedOut")]
    [InlineData("InvalidToken")]
    public async Task TokenUnknownOrLate_IsFalse(string code)
    {
        await using var endpoint = new StepFunctionsEndpoint(Answer.Error(code), Answer.Error(code));
        var machines = Machines(endpoint);

        (await machines.SendTaskSuccessAsync("t", "{}", default)).Should().BeFalse();
        (await machines.SendTaskFailureAsync("t", "LoadFailedException", "Found a type error", default)).Should().BeFalse();
    }

    [Fact]
    public async Task TokenWaiting_IsTrue()
    {
        await using var endpoint = new StepFunctionsEndpoint();
        var machines = Machines(endpoint);

        (await machines.SendTaskSuccessAsync("t", "{}", default)).Should().BeTrue();
        (await machines.SendTaskFailureAsync("t", "LoadFailedException", "Found a type error", default)).Should().BeTrue();

        endpoint.Bodies[1].GetProperty("error").GetString().Should().Be("LoadFailedException");
    }

    [Fact]
    public async Task OutputTheServiceRefuses_Throws()
    {
        await using var endpoint = new StepFunctionsEndpoint(Answer.Error("InvalidOutput"));

        var send = () => Machines(endpoint).SendTaskSuccessAsync("t", "not json", default);

        await send.Should().ThrowAsync<InvalidOutputException>();
    }

    [Fact]
    public async Task CauseOverTheLimit_IsCut()
    {
        await using var endpoint = new StepFunctionsEndpoint();

        await Machines(endpoint).SendTaskFailureAsync("t", new('E', 300), new('c', 40_000), default);

        endpoint.Bodies[0].GetProperty("error").GetString().Should().HaveLength(256);
        endpoint.Bodies[0].GetProperty("cause").GetString().Should().HaveLength(32_768).And.EndWith("…");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:states:ap-south-1:123456789012:stateMachine:crm-ingest")]
    public async Task PatternMissing_NothingIsSent(string? pattern)
    {
        await using var endpoint = new StepFunctionsEndpoint();

        var start = () => Machines(endpoint, pattern).StartAsync("crm", "n", "{}", default);

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*SOURCE_STATE_MACHINE_ARN*Nothing was started*");
        endpoint.Requests.Should().BeEmpty();
    }

    private static StepFunctionsStateMachines Machines(StepFunctionsEndpoint endpoint, string? pattern = Pattern) => new(
        endpoint.Client(),
        new LakeSettings { LakeUri = "file:///l", WarehouseUri = "duckdb:///w", SecretsUri = "env://", CatalogUri = "duckdb:///w", StateMachineArn = pattern });
}
