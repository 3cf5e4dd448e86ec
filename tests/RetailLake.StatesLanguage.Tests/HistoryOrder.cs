namespace RetailLake.StatesLanguage.Tests;

public sealed class HistoryOrder : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task LambdaInvoke_HasAwsEventsInAwsOrder()
    {
        engine.On("f", payload => payload?.DeepClone());

        var ended = await engine.RunAsync("""
            "Do": {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload":{"x.$":"$.a"}},"End":true}
            """, """{"a":1}""");

        ended.Status.Should().Be(ExecutionStatus.Succeeded);
        ended.Output.Should().Be("""{"ExecutedVersion":"$LATEST","Payload":{"x":1},"StatusCode":200}""");
        var history = engine.Engine.GetHistory(ended.Summary.ExecutionArn);
        history.Select(happened => happened.Type).Should().Equal(
            "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
        history.Select(happened => happened.Id).Should().Equal(1, 2, 3, 4, 5, 6, 7);
        history.Select(happened => happened.PreviousEventId).Should().Equal(0, 0, 2, 3, 4, 5, 6);
    }

    [Fact]
    public async Task FunctionArn_HasLambdaFunctionEvents()
    {
        engine.On("f", _ => 5);

        var ended = await engine.RunAsync($"\"Do\":{EngineFixture.Invoke("f")}");

        engine.Types(ended.Summary.ExecutionArn).Should().Equal(
            "ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited", "ExecutionSucceeded");
    }

    [Fact]
    public async Task InlineMap_HasIterationEvents()
    {
        var ended = await engine.RunAsync("""
            "Each": {"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}
            """, "[1]");

        ended.Output.Should().Be("[1]");
        engine.Types(ended.Summary.ExecutionArn).Should().Equal(
            "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapIterationStarted", "PassStateEntered", "PassStateExited",
            "MapIterationSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded");
    }

    [Fact]
    public async Task Parallel_HasBranchEvents()
    {
        var ended = await engine.RunAsync("""
            "Both": {"Type":"Parallel","End":true,"Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},{"StartAt":"B","States":{"B":{"Type":"Pass","Result":2,"End":true}}}]}
            """);

        ended.Output.Should().Be("[1,2]");
        engine.Types(ended.Summary.ExecutionArn).Should().StartWith(["ExecutionStarted", "ParallelStateEntered", "ParallelStateStarted", "PassStateEntered"])
            .And.EndWith(["ParallelStateSucceeded", "ParallelStateExited", "ExecutionSucceeded"]);
    }

    [Fact]
    public async Task DistributedMap_HasMapRunEventsAndChildrenOfTheirOwn()
    {
        var ended = await engine.RunAsync("""
            "Each": {"Type":"Map","Label":"each","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}
            """, "[1,2,3]");

        ended.Output.Should().Be("[1,2,3]");
        engine.Types(ended.Summary.ExecutionArn).Should().Equal(
            "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapRunStarted", "MapRunSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded");
        var mapRun = engine.Engine.ListMapRuns(ended.Summary.ExecutionArn).Should().ContainSingle().Subject;
        mapRun.MapRunArn.Should().StartWith("arn:aws:states:eu-west-1:123456789012:mapRun:m/each:");
        var children = engine.Engine.ListExecutions(mapRunArn: mapRun.MapRunArn);
        children.Should().HaveCount(3).And.OnlyContain(child => child.Status == ExecutionStatus.Succeeded && child.ExecutionArn.Contains(":execution:m/each:"));
        engine.Types(children[0].ExecutionArn).Should().Equal("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
    }
}
