namespace RetailLake.StatesLanguage.Tests;

public sealed class TokenTests : IAsyncDisposable
{
    private const string Waiting = """
        "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"f","Payload":{"token.$":"$$.Task.Token"}},"TimeoutSeconds":600,"HeartbeatSeconds":60,"End":true}
        """;

    private readonly EngineFixture engine = new();
    private string token = "";

    public TokenTests() => engine.On("f", payload =>
    {
        token = payload!["token"]!.GetValue<string>();
        return "submitted";
    });

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Success_EndsTheTask()
    {
        var arn = await StartAsync();

        await engine.Engine.SendTaskSuccessAsync(token, """{"done":1}""");

        (await engine.FinishAsync(arn)).Output.Should().Be("""{"done":1}""");
        engine.Types(arn).Should().Equal("ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
    }

    [Fact]
    public async Task Failure_FailsTheTask()
    {
        var arn = await StartAsync();

        await engine.Engine.SendTaskFailureAsync(token, "Mine", "why");

        var ended = await engine.FinishAsync(arn);
        (ended.Error, ended.Cause).Should().Be(("Mine", "why"));
    }

    [Fact]
    public async Task ReportBeforeTheInvocationReturns_Counts()
    {
        engine.On("f", async (payload, _, _) =>
        {
            await engine.Engine.SendTaskSuccessAsync(payload!["token"]!.GetValue<string>(), "1");
            return "submitted";
        });

        engine.Register(Waiting);

        // Time stands still: on a busy machine a minute of fake time is over before the function is called.
        var ended = await engine.Engine.WaitAsync((await engine.Engine.StartAsync(EngineFixture.Machine, "early", "{}")).ExecutionArn);

        ended.Output.Should().Be("1", ended.Cause);
    }

    /// <summary>The token was given out before the engine knew it: whether the report found it hung on the scheduler.</summary>
    [Fact]
    public async Task ReportAtOnce_AlwaysFindsItsTask()
    {
        engine.On("f", async (payload, _, _) =>
        {
            await engine.Engine.SendTaskSuccessAsync(payload!["token"]!.GetValue<string>(), "1");
            return "submitted";
        });
        engine.Register(Waiting);

        var ended = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
            await engine.Engine.WaitAsync((await engine.Engine.StartAsync(EngineFixture.Machine, $"at-once-{number}", "{}")).ExecutionArn)));

        ended.Select(execution => (execution.Output, execution.Error)).Distinct().Should().Equal(("1", (string?)null));
    }

    [Fact]
    public async Task MissedHeartbeat_TimesOut()
    {
        var arn = await StartAsync();

        var ended = await engine.FinishAsync(arn);

        ended.Error.Should().Be(ErrorNames.HeartbeatTimeout);
        engine.Types(arn).Should().Contain("TaskTimedOut");
    }

    [Fact]
    public async Task Heartbeats_KeepTheTaskUntilItsTimeout()
    {
        var arn = await StartAsync();
        for (var beat = 0; beat < 15; beat++)
        {
            engine.Time.Advance(TimeSpan.FromSeconds(39));
            await engine.Engine.SendTaskHeartbeatAsync(token);
            await Task.Delay(2);
        }

        (await engine.FinishAsync(arn)).Error.Should().Be(ErrorNames.Timeout);
    }

    [Fact]
    public async Task LateAndUnknownTokens_AreToldApart()
    {
        var arn = await StartAsync();
        await engine.Engine.SendTaskSuccessAsync(token, "1");
        await engine.FinishAsync(arn);

        await engine.Engine.Invoking(it => it.SendTaskSuccessAsync(token, "1")).Should().ThrowAsync<TaskTimedOutException>();
        await engine.Engine.Invoking(it => it.SendTaskSuccessAsync("nonsense", "1")).Should().ThrowAsync<InvalidTokenException>();
        var foreign = Running.TaskToken.New("arn:aws:states:x:y:execution:other:e", "");
        await engine.Engine.Invoking(it => it.SendTaskSuccessAsync(foreign, "1")).Should().ThrowAsync<TaskDoesNotExistException>();
    }

    [Fact]
    public async Task OutputThatIsNotJson_IsRefusedAndTheTaskWaits()
    {
        var arn = await StartAsync();

        await engine.Engine.Invoking(it => it.SendTaskSuccessAsync(token, "{")).Should().ThrowAsync<InvalidOutputException>();

        engine.Engine.DescribeExecution(arn).Status.Should().Be(ExecutionStatus.Running);
    }

    [Fact]
    public async Task Token_SurvivesRestart()
    {
        var arn = await StartAsync();

        await engine.RestartAsync();
        (await engine.Engine.ResumeAsync()).Should().Be(1);
        await EngineFixture.UntilAsync(() => TryReport().GetAwaiter().GetResult());

        (await engine.FinishAsync(arn)).Output.Should().Be("7");
    }

    private async Task<bool> TryReport()
    {
        try
        {
            await engine.Engine.SendTaskSuccessAsync(token, "7");
            return true;
        }
        catch (TaskTimedOutException)
        {
            return false;
        }
    }

    private async Task<string> StartAsync()
    {
        engine.Register(Waiting);
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine)).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Types(arn).Contains("TaskSubmitted"));
        return arn;
    }
}
