namespace RetailLake.StatesLanguage.Tests;

public sealed class ManyExecutions : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task AThousandOfTenStates_LeaveNothingBehind()
    {
        engine.On("f", payload => payload?.DeepClone());
        var states = string.Join(',', Enumerable.Range(0, 10).Select(index => $"\"S{index}\":{EngineFixture.Invoke("f", index == 9 ? "\"End\":true" : $"\"Next\":\"S{index + 1}\"")}"));
        engine.Register(states);

        var arns = new List<string>();
        for (var index = 0; index < 1000; index++)
        {
            arns.Add((await engine.Engine.StartAsync(EngineFixture.Machine, $"e{index}", """{"key":"value"}""")).ExecutionArn);
        }

        foreach (var arn in arns)
        {
            (await engine.Engine.WaitAsync(arn)).Status.Should().Be(ExecutionStatus.Succeeded);
        }

        engine.Engine.Host.LiveCount.Should().Be(0);
    }

    [Fact]
    public async Task WhoSeesOneRunning_CanDescribeItAndWaitForItsEnd()
    {
        var isBroken = true;
        engine.On("f", payload => Volatile.Read(ref isBroken) ? throw new InvalidOperationException("broken") : payload?.DeepClone());
        engine.Register($"\"T\":{EngineFixture.Invoke("f")}");

        await WhileWatchedAsync(ExecutionStatus.Failed, index => engine.Engine.StartAsync(EngineFixture.Machine, $"e{index}"));
        Volatile.Write(ref isBroken, false);
        await WhileWatchedAsync(ExecutionStatus.Succeeded, index => engine.Engine.RedriveAsync(EngineFixture.Machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + $":e{index}"));

        engine.Engine.ListExecutions().Should().HaveCount(300).And.OnlyContain(summary => summary.Status == ExecutionStatus.Succeeded);
    }

    private async Task WhileWatchedAsync(ExecutionStatus end, Func<int, Task> begin)
    {
        var beginning = Task.Run(async () =>
        {
            for (var index = 0; index < 300; index++)
            {
                await begin(index);
            }
        });
        for (var seen = true; seen || !beginning.IsCompleted;)
        {
            var running = engine.Engine.ListExecutions(status: ExecutionStatus.Running);
            seen = running.Count > 0;
            foreach (var summary in running)
            {
                (await engine.Engine.WaitAsync(summary.ExecutionArn)).Status.Should().Be(end);
            }
        }

        await beginning;
    }
}
