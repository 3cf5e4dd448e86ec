namespace RetailLake.StatesLanguage.Tests;

public sealed class TimeTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("\"Seconds\":90", 90)]
    [InlineData("\"SecondsPath\":\"$.s\"", 30)]
    [InlineData("\"Timestamp\":\"2026-11-22T06:02:00Z\"", 120)]
    [InlineData("\"TimestampPath\":\"$.t\"", 60)]
    [InlineData("\"Timestamp\":\"2020-01-01T00:00:00Z\"", 0)]
    public async Task Wait_LastsUntilItsInstant(string field, int seconds)
    {
        var ended = await engine.RunAsync($"\"W\":{{\"Type\":\"Wait\",{field},\"End\":true}}", """{"s":30,"t":"2026-11-22T07:01:00+01:00"}""");

        (ended.Summary.StopDate - ended.Summary.StartDate)!.Value.TotalSeconds.Should().BeInRange(seconds, seconds + 4);
        engine.Types(ended.Summary.ExecutionArn).Should().Equal("ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded");
    }

    [Theory]
    [InlineData("\"SecondsPath\":\"$.none\"")]
    [InlineData("\"SecondsPath\":\"$.t\"")]
    [InlineData("\"TimestampPath\":\"$.s\"")]
    public async Task Wait_ForNoInstant_IsARuntimeError(string field) =>
        (await engine.RunAsync($"\"W\":{{\"Type\":\"Wait\",{field},\"End\":true}}", """{"s":-30,"t":"soon"}""")).Error.Should().Be(ErrorNames.Runtime);

    [Fact]
    public async Task TaskTimeout_CancelsAndIgnoresTheZombie()
    {
        var release = new TaskCompletionSource();
        var cancelled = false;
        engine.On("f", async (_, _, token) =>
        {
            token.Register(() => cancelled = true);
            await release.Task;
            return "late";
        });

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"TimeoutSeconds\":10,\"End\":true")}");
        release.SetResult();

        ended.Error.Should().Be(ErrorNames.Timeout);
        cancelled.Should().BeTrue();
        engine.Types(ended.Summary.ExecutionArn).Should().EndWith(["LambdaFunctionStarted", "LambdaFunctionTimedOut", "ExecutionFailed"]);
    }

    [Fact]
    public async Task BlockingFunction_DoesNotHoldUpItsTimeout()
    {
        using var release = new ManualResetEventSlim();
        engine.On("f", _ =>
        {
            release.Wait();
            return null;
        });

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"TimeoutSecondsPath\":\"$.t\",\"End\":true")}", """{"t":5}""");
        release.Set();

        ended.Error.Should().Be(ErrorNames.Timeout);
    }

    [Fact]
    public async Task MachineTimeout_EndsTimedOut()
    {
        var ended = await engine.RunAsync("""{"StartAt":"W","TimeoutSeconds":60,"States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}}""");

        ended.Status.Should().Be(ExecutionStatus.TimedOut);
        engine.Types(ended.Summary.ExecutionArn).Should().EndWith("ExecutionTimedOut");
    }

    [Fact]
    public async Task Stop_EndsAborted()
    {
        engine.Register("\"W\":{\"Type\":\"Wait\",\"Seconds\":3600,\"End\":true}");
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine, "a")).ExecutionArn;

        await engine.Engine.StopAsync(arn, "Why", "because");

        var ended = await engine.Engine.WaitAsync(arn);
        (ended.Status, ended.Error, ended.Cause).Should().Be((ExecutionStatus.Aborted, "Why", "because"));
        engine.Types(arn).Should().EndWith("ExecutionAborted");
    }

    [Fact]
    public async Task StatusChanges_AreRaisedInOrder()
    {
        var seen = new List<ExecutionStatus>();
        engine.Engine.ExecutionStatusChanged += (_, change) => seen.Add(change.Execution.Status);
        engine.Failing("f", "Mine");

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f")}");
        await engine.RedriveAsync(ended.Summary.ExecutionArn);
        await EngineFixture.UntilAsync(() => seen.Count == 4);

        seen.Should().Equal(ExecutionStatus.Running, ExecutionStatus.Failed, ExecutionStatus.Running, ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task HandlerThatThrows_HarmsNoExecution()
    {
        engine.Engine.ExecutionStatusChanged += (_, _) => throw new InvalidOperationException("handler");

        var ended = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"End\":true}");
        await EngineFixture.UntilAsync(() => engine.Faults.Count == 2);

        ended.Status.Should().Be(ExecutionStatus.Succeeded);
    }
}
