namespace RetailLake.StatesLanguage.Tests;

public sealed class RedriveEligibility : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Running_IsRefused()
    {
        engine.Register("\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine)).ExecutionArn;

        await RefusedAsync(arn, "Execution is RUNNING and cannot be redriven.");
    }

    [Theory]
    [InlineData(13.9, true)]
    [InlineData(14.1, false)]
    public async Task FourteenDays_AreTheLimit(double days, bool allowed)
    {
        engine.Failing("f", "Mine");
        var failed = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f")}");
        engine.Time.Advance(TimeSpan.FromDays(days));

        var described = engine.Engine.DescribeExecution(failed.Summary.ExecutionArn);

        described.RedriveStatus.Should().Be(allowed ? RedriveStatus.Redrivable : RedriveStatus.NotRedrivable);
        if (!allowed)
        {
            described.RedriveStatusReason.Should().Be("Execution redrivable period exceeded.");
            await RefusedAsync(failed.Summary.ExecutionArn, "Execution redrivable period exceeded.");
        }
    }

    [Fact]
    public async Task FullHistory_FailsAndIsRefused()
    {
        var ended = await engine.RunAsync("\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.x\",\"IsPresent\":true,\"Next\":\"C\"}],\"Default\":\"A\"},\"C\":{\"Type\":\"Succeed\"}");

        (ended.Status, ended.Summary.LastEventId).Should().Be((ExecutionStatus.Failed, 25_000L));
        ended.Cause.Should().Contain("maximum number of history events (25000)");
        await RefusedAsync(ended.Summary.ExecutionArn, "Execution history event limit exceeded.");
    }

    [Fact]
    public async Task ChildOfAMapRun_IsRedrivenByItsParentOnly()
    {
        engine.Failing("f", "Mine");
        var failed = await engine.RunAsync($$"""
            "M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"F","States":{"F":{{EngineFixture.Invoke("f")}} } } }
            """, "[1]");
        var mapRun = engine.Engine.ListMapRuns(failed.Summary.ExecutionArn).Single();
        var child = engine.Engine.ListExecutions(mapRunArn: mapRun.MapRunArn).Single();

        engine.Engine.DescribeExecution(child.ExecutionArn).RedriveStatus.Should().Be(RedriveStatus.RedrivableByMapRun);
        await RefusedAsync(child.ExecutionArn, "Redrive the parent execution.");
    }

    [Fact]
    public async Task TwoRedrivesAtOnce_OneWins()
    {
        engine.Failing("f", "Mine");
        var failed = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"Next\":\"W\"")},\"W\":{{\"Type\":\"Wait\",\"Seconds\":5,\"End\":true}}");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await engine.Engine.RedriveAsync(failed.Summary.ExecutionArn);
                return true;
            }
            catch (ExecutionNotRedrivableException)
            {
                return false;
            }
        })));

        outcomes.Count(won => won).Should().Be(1);
        (await engine.FinishAsync(failed.Summary.ExecutionArn)).Summary.RedriveCount.Should().Be(1);
    }

    [Fact]
    public async Task ChangedDefinition_RedrivesThePinnedOneAndSaysSo()
    {
        engine.Failing("f", "Mine");
        var failed = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f")}");
        engine.Register("\"Other\":{\"Type\":\"Fail\"}");

        var redriven = await engine.Engine.RedriveAsync(failed.Summary.ExecutionArn);
        var ended = await engine.FinishAsync(failed.Summary.ExecutionArn);

        redriven.DefinitionIsCurrent.Should().BeFalse();
        ended.Status.Should().Be(ExecutionStatus.Succeeded);
        ended.Definition.Should().Contain("\"T\"");
        ended.DefinitionIsCurrent.Should().BeFalse();
    }

    [Fact]
    public async Task RedriveAfterRestart_ReadsTheJournal()
    {
        engine.Failing("f", "Mine");
        var failed = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f")}");

        await engine.RestartAsync();

        (await engine.RedriveAsync(failed.Summary.ExecutionArn)).Status.Should().Be(ExecutionStatus.Succeeded);
    }

    private async Task RefusedAsync(string arn, string reason) =>
        (await engine.Engine.Invoking(it => it.RedriveAsync(arn)).Should().ThrowAsync<ExecutionNotRedrivableException>()).Which.Message.Should().Contain(reason).And.Contain("Nothing was restarted.");
}
