namespace RetailLake.StatesLanguage.Tests;

public sealed class ErrorTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("Mine", "Mine", true)]
    [InlineData("Mine", "Other", false)]
    [InlineData("Mine", "States.TaskFailed", true)]
    [InlineData("Mine", "States.ALL", true)]
    [InlineData("Mine", "States.Timeout", false)]
    [InlineData("Mine", "States.BranchFailed", false)]
    [InlineData("States.Timeout", "States.TaskFailed", false)]
    [InlineData("States.Timeout", "States.ALL", true)]
    [InlineData("States.HeartbeatTimeout", "States.Timeout", true)]
    [InlineData("States.HeartbeatTimeout", "States.TaskFailed", false)]
    [InlineData("States.DataLimitExceeded", "States.ALL", false)]
    [InlineData("States.DataLimitExceeded", "States.TaskFailed", false)]
    [InlineData("States.DataLimitExceeded", "States.DataLimitExceeded", true)]
    [InlineData("States.Runtime", "States.ALL", false)]
    [InlineData("States.Runtime", "States.Runtime", false)]
    public async Task Catcher_MatchesTheNamesItStandsFor(string raised, string named, bool caught)
    {
        engine.Failing("f", raised);

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", $$"""
            "Catch":[{"ErrorEquals":["{{named}}"],"Next":"C"}],"End":true
            """)},\"C\":{{\"Type\":\"Succeed\"}}");

        ended.Status.Should().Be(caught ? ExecutionStatus.Succeeded : ExecutionStatus.Failed);
        ended.Error.Should().Be(caught ? null : raised);
    }

    [Fact]
    public async Task AnyOtherException_IsLambdaUnknown()
    {
        engine.On("f", _ => throw new InvalidOperationException("boom"));

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f")}");

        (ended.Error, ended.Cause).Should().Be(("Lambda.Unknown", "InvalidOperationException: boom"));
    }

    [Fact]
    public async Task Retrier_BacksOffUpToMaxDelay()
    {
        var times = new List<double>();
        var start = engine.Time.GetUtcNow();
        engine.On("f", _ =>
        {
            times.Add((engine.Time.GetUtcNow() - start).TotalSeconds);
            throw new TaskFailedException("Mine", null);
        });

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", """
            "Retry":[{"ErrorEquals":["Mine"],"IntervalSeconds":2,"MaxAttempts":4,"BackoffRate":2,"MaxDelaySeconds":6}],"End":true
            """)}");

        ended.Error.Should().Be("Mine");
        times.Zip(times.Skip(1), (earlier, later) => later - earlier).Should().Equal([2, 4, 6, 6], (found, expected) => found >= expected && found < expected + 3);
        engine.Types(ended.Summary.ExecutionArn).Count(type => type == "LambdaFunctionScheduled").Should().Be(5);
    }

    [Fact]
    public async Task EachRetrier_HasItsOwnCounter()
    {
        engine.Failing("f", "A", "B", "A", "B", "A");

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", """
            "Retry":[{"ErrorEquals":["A"],"MaxAttempts":2},{"ErrorEquals":["States.ALL"],"MaxAttempts":5}],"End":true
            """)}");

        ended.Error.Should().Be("A");
        engine.Calls("T").Should().Be(5);
    }

    [Fact]
    public void FullJitter_DrawsBelowTheDelay()
    {
        var retrier = new States.Retrier(["A"], 10, 3, 2, 25, FullJitter: true);
        var random = new Random(3);

        Enumerable.Range(0, 200).Select(_ => retrier.Delay(3, random).TotalSeconds).Should().OnlyContain(seconds => seconds >= 0 && seconds < 25)
            .And.Contain(seconds => seconds < 5).And.Contain(seconds => seconds > 20);
    }

    [Fact]
    public async Task RetryCount_IsInTheContext()
    {
        var counts = new List<string?>();
        engine.On("f", payload =>
        {
            counts.Add(payload?["n"]?.ToJsonString());
            return counts.Count < 3 ? throw new TaskFailedException("A", null) : null;
        });

        await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", """
            "Parameters":{"n.$":"$$.State.RetryCount"},"Retry":[{"ErrorEquals":["A"]}],"End":true
            """)}");

        counts.Should().Equal("0", "1", "2");
    }

    [Fact]
    public async Task Parallel_FailureIsMatchedByBranchFailedAndStopsTheOthers()
    {
        engine.Failing("f", "Mine").On("slow", async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });

        var ended = await engine.RunAsync($$"""
            "B":{"Type":"Parallel","Branches":[{"StartAt":"F","States":{"F":{{EngineFixture.Invoke("f")}} } },{"StartAt":"S","States":{"S":{{EngineFixture.Invoke("slow")}} } }],
              "Catch":[{"ErrorEquals":["States.BranchFailed"],"Next":"C"}],"End":true},
            "C":{"Type":"Pass","End":true}
            """);

        ended.Output.Should().Be("""{"Error":"Mine","Cause":"told to"}""");
        engine.Types(ended.Summary.ExecutionArn).Should().Contain("ParallelStateFailed");
    }

    [Fact]
    public async Task InlineMap_RetryRunsAllIterationsAgain()
    {
        engine.Failing("f", "Mine");

        var ended = await engine.RunAsync($$"""
            "M":{"Type":"Map","MaxConcurrency":1,"Retry":[{"ErrorEquals":["Mine"]}],"End":true,"ItemProcessor":{"StartAt":"F","States":{"F":{{EngineFixture.Invoke("f")}} } } }
            """, "[1,2]");

        ended.Output.Should().Be("[1,2]");
        engine.Types(ended.Summary.ExecutionArn).Should().ContainInOrder("LambdaFunctionFailed", "MapIterationFailed", "MapStateFailed", "MapStateStarted", "MapIterationSucceeded");
    }

    [Fact]
    public async Task FailState_FailsWithPathsOrLiterals()
    {
        var ended = await engine.RunAsync("""
            "F":{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.Format('because {}', $.c)"}
            """, """{"e":"E","c":"c"}""");

        (ended.Error, ended.Cause).Should().Be(("E", "because c"));
        engine.Types(ended.Summary.ExecutionArn).Should().Equal("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
    }

    [Fact]
    public async Task LargeTaskResult_IsDataLimitExceededInBytes()
    {
        engine.On("f", _ => new string('é', 140_000));

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"T\"}],\"End\":true")}");

        ended.Error.Should().Be(ErrorNames.DataLimitExceeded);
        ended.Cause.Should().Contain("'T'").And.Contain("maximum number of bytes");
    }
}
