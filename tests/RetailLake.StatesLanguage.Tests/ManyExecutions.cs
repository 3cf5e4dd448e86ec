namespace RetailLake.StatesLanguage.Tests;

public sealed class ManyExecutions : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task AThousandOfTenStates_TakeSecondsAndLeaveNothingBehind()
    {
        engine.On("f", payload => payload?.DeepClone());
        var states = string.Join(',', Enumerable.Range(0, 10).Select(index => $"\"S{index}\":{EngineFixture.Invoke("f", index == 9 ? "\"End\":true" : $"\"Next\":\"S{index + 1}\"")}"));
        engine.Register(states);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var arns = new List<string>();
        for (var index = 0; index < 1000; index++)
        {
            arns.Add((await engine.Engine.StartAsync(EngineFixture.Machine, $"e{index}", """{"key":"value"}""")).ExecutionArn);
        }

        foreach (var arn in arns)
        {
            (await engine.Engine.WaitAsync(arn)).Status.Should().Be(ExecutionStatus.Succeeded);
        }

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(25));
        engine.Engine.Host.LiveCount.Should().Be(0);
    }
}
