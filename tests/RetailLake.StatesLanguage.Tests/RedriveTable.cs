namespace RetailLake.StatesLanguage.Tests;

/// <summary>AWS's table "Redrive behavior of individual states", row by row.</summary>
public sealed class RedriveTable : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Task_IsScheduledAndStartedAgain_AndEarlierStatesAreNot()
    {
        engine.On("first", _ => 1).Failing("f", "Mine");
        var failed = await engine.RunAsync($"\"A\":{EngineFixture.Invoke("first", "\"Next\":\"T\"")},\"T\":{EngineFixture.Invoke("f")}");

        var ended = await engine.RedriveAsync(failed.Summary.ExecutionArn);

        ended.Output.Should().Be("1");
        (engine.Calls("A"), engine.Calls("T")).Should().Be((1, 2));
        engine.Types(failed.Summary.ExecutionArn).Should().EndWith([
            "LambdaFunctionFailed", "ExecutionFailed", "ExecutionRedriven", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited", "ExecutionSucceeded"]);
        engine.Engine.DescribeExecution(failed.Summary.ExecutionArn).Summary.RedriveCount.Should().Be(1);
    }

    [Fact]
    public async Task Task_RetryCountersStartOver()
    {
        engine.Failing("f", "A", "A", "A", "A", "A", "A");
        var failed = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"Retry\":[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":2}],\"End\":true")}");
        engine.Calls("T").Should().Be(3);

        await engine.RedriveAsync(failed.Summary.ExecutionArn);

        engine.Calls("T").Should().Be(6);
    }

    [Fact]
    public async Task Task_TimeoutStartsOver()
    {
        engine.On("f", async (_, _, token) =>
        {
            if (engine.Calls("T") == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return "ok";
        });
        var failed = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"TimeoutSeconds\":30,\"End\":true")}");
        failed.Error.Should().Be(ErrorNames.Timeout);

        (await engine.RedriveAsync(failed.Summary.ExecutionArn)).Output.Should().Be("\"ok\"");
    }

    [Fact]
    public async Task Choice_IsEvaluatedAgain_AndFailsAgain()
    {
        var failed = await engine.RunAsync("\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.x\",\"IsNull\":true,\"Next\":\"S\"}]},\"S\":{\"Type\":\"Succeed\"}", """{"x":1}""");

        var again = await engine.RedriveAsync(failed.Summary.ExecutionArn);

        again.Error.Should().Be(ErrorNames.NoChoiceMatched);
        engine.Types(failed.Summary.ExecutionArn).Should().Equal("ExecutionStarted", "ChoiceStateEntered", "ExecutionFailed", "ExecutionRedriven", "ExecutionFailed");
    }

    [Fact]
    public async Task Pass_GoesOnFromItself()
    {
        var failed = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"InputPath\":\"$.none\",\"End\":true}");

        var again = await engine.RedriveAsync(failed.Summary.ExecutionArn);

        again.Error.Should().Be(ErrorNames.Runtime);
        engine.Types(failed.Summary.ExecutionArn).Count(type => type == "PassStateEntered").Should().Be(1);
    }

    [Fact]
    public async Task Wait_SecondsWaitAnew()
    {
        var arn = await AbortWhileAsync("\"W\":{\"Type\":\"Wait\",\"Seconds\":100,\"End\":true}", "WaitStateEntered");
        engine.Time.Advance(TimeSpan.FromSeconds(500));
        var redriven = engine.Time.GetUtcNow();

        var ended = await engine.RedriveAsync(arn);

        (ended.Summary.StopDate - redriven)!.Value.TotalSeconds.Should().BeGreaterThanOrEqualTo(100);
    }

    [Fact]
    public async Task Wait_TimestampInThePast_IsLeftAtOnce()
    {
        var arn = await AbortWhileAsync("\"W\":{\"Type\":\"Wait\",\"Timestamp\":\"2026-11-22T06:01:00Z\",\"End\":true}", "WaitStateEntered");
        engine.Time.Advance(TimeSpan.FromSeconds(500));

        await engine.Engine.RedriveAsync(arn);
        var ended = await engine.Engine.WaitAsync(arn);

        ended.Status.Should().Be(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task Fail_IsEnteredAgainAndFailsAgain()
    {
        var failed = await engine.RunAsync("\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}");

        (await engine.RedriveAsync(failed.Summary.ExecutionArn)).Error.Should().Be("E");

        engine.Types(failed.Summary.ExecutionArn).Should().Equal("ExecutionStarted", "FailStateEntered", "ExecutionFailed", "ExecutionRedriven", "FailStateEntered", "ExecutionFailed");
    }

    [Fact]
    public async Task Succeed_CannotBeRedriven()
    {
        var ended = await engine.RunAsync("\"S\":{\"Type\":\"Succeed\"}");

        (await engine.Engine.Invoking(it => it.RedriveAsync(ended.Summary.ExecutionArn)).Should().ThrowAsync<ExecutionNotRedrivableException>())
            .Which.Message.Should().Contain("Execution is SUCCEEDED and cannot be redriven.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Parallel_OnlyFailedAndAbortedBranchesGoOn(int failing)
    {
        var gate = new TaskCompletionSource();
        var first = true;
        engine.On("b", async (payload, invocation, token) =>
        {
            if (invocation.StateName == $"B{failing}" && first)
            {
                first = false;
                await gate.Task;
                throw new TaskFailedException("Mine", null);
            }

            if (invocation.StateName == $"B{(failing + 1) % 3}" && !gate.Task.IsCompleted)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return invocation.StateName;
        });
        var branches = string.Join(',', Enumerable.Range(0, 3).Select(index => $$"""{"StartAt":"B{{index}}","States":{"B{{index}}":{{EngineFixture.Invoke("b")}} } }"""));
        engine.Register($"\"P\":{{\"Type\":\"Parallel\",\"Branches\":[{branches}],\"End\":true}}");
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine)).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Types(arn).Count(type => type == "LambdaFunctionStarted") == 3 && engine.Types(arn).Contains("TaskStateExited"));
        gate.SetResult();
        (await engine.FinishAsync(arn)).Error.Should().Be("Mine");

        var ended = await engine.RedriveAsync(arn);

        ended.Output.Should().Be("""["B0","B1","B2"]""");
        (engine.Calls($"B{failing}"), engine.Calls($"B{(failing + 1) % 3}"), engine.Calls($"B{(failing + 2) % 3}")).Should().Be((2, 2, 1));
    }

    [Theory]
    [InlineData("INLINE")]
    [InlineData("DISTRIBUTED")]
    public async Task Map_OnlyFailedItemsGoOn_FromTheirFailedStep(string mode)
    {
        var broken = true;
        engine.On("a", payload => payload?.DeepClone()).On("b", payload =>
            payload!.GetValue<int>() == 2 && broken ? throw new TaskFailedException("Poison", null) : payload.DeepClone());
        var failed = await engine.RunAsync(Map(mode, """ "MaxConcurrency":1, """), "[1,2,3]");
        failed.Error.Should().Be(mode == "INLINE" ? "Poison" : ErrorNames.ExceedToleratedFailureThreshold);
        broken = false;

        var ended = await engine.RedriveAsync(failed.Summary.ExecutionArn);

        ended.Output.Should().Be("[1,2,3]");
        (engine.Calls("A"), engine.Calls("B")).Should().Be((3, 4));
        if (mode == "DISTRIBUTED")
        {
            var mapRun = engine.Engine.ListMapRuns(failed.Summary.ExecutionArn).Should().ContainSingle().Subject;
            (mapRun.Status, mapRun.RedriveCount).Should().Be((MapRunStatus.Succeeded, 1));
            engine.Types(failed.Summary.ExecutionArn).Should().ContainInOrder("MapRunFailed", "ExecutionFailed", "ExecutionRedriven", "MapRunRedriven", "MapRunSucceeded");
        }
    }

    [Theory]
    [InlineData("INLINE")]
    [InlineData("DISTRIBUTED")]
    public async Task Map_AfterDataLimitExceeded_RunsWholly(string mode)
    {
        var size = 100_000;
        engine.On("a", payload => payload?.DeepClone()).On("b", _ => new string('x', size));
        var failed = await engine.RunAsync(Map(mode, ""), "[1,2,3]");
        failed.Error.Should().Be(ErrorNames.DataLimitExceeded);
        size = 10;

        var ended = await engine.RedriveAsync(failed.Summary.ExecutionArn);

        ended.Status.Should().Be(ExecutionStatus.Succeeded);
        engine.Calls("A").Should().Be(6);
        engine.Engine.ListMapRuns(failed.Summary.ExecutionArn).Should().HaveCount(mode == "INLINE" ? 0 : 2);
    }

    [Theory]
    [InlineData("INLINE")]
    [InlineData("DISTRIBUTED")]
    public async Task Map_Aborted_GoesOnWithWhatWasNotDone(string mode)
    {
        var slow = true;
        engine.On("a", payload => payload?.DeepClone()).On("b", async (payload, _, token) =>
        {
            if (payload!.GetValue<int>() > 1 && slow)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return payload.DeepClone();
        });
        engine.Register(Map(mode, """ "MaxConcurrency":1, """));
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine, "a", "[1,2,3]")).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Calls("B") == 2);
        await engine.Engine.StopAsync(arn);
        slow = false;

        var ended = await engine.RedriveAsync(arn);

        ended.Output.Should().Be("[1,2,3]");
        (engine.Calls("A"), engine.Calls("B")).Should().Be((3, 4));
    }

    [Fact]
    public async Task MachineTimeout_StartsOver()
    {
        var slow = true;
        engine.On("f", async (_, _, token) =>
        {
            if (slow)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return "ok";
        });
        var failed = await engine.RunAsync($$"""{"StartAt":"T","TimeoutSeconds":60,"States":{"T":{{EngineFixture.Invoke("f", "\"Next\":\"W\"")}},"W":{"Type":"Wait","Seconds":50,"End":true} } }""");
        failed.Status.Should().Be(ExecutionStatus.TimedOut);
        slow = false;

        (await engine.RedriveAsync(failed.Summary.ExecutionArn)).Status.Should().Be(ExecutionStatus.Succeeded);
    }

    private static string Map(string mode, string more) => $$"""
        "M":{"Type":"Map",{{more}}"End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"{{mode}}"},"StartAt":"A","States":{
          "A":{{EngineFixture.Invoke("a", "\"Next\":\"B\"")}},"B":{{EngineFixture.Invoke("b")}} } } }
        """;

    private async Task<string> AbortWhileAsync(string states, string type)
    {
        engine.Register(states);
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine)).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Types(arn).Contains(type));
        await engine.Engine.StopAsync(arn);
        return arn;
    }
}
