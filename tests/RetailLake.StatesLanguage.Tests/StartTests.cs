namespace RetailLake.StatesLanguage.Tests;

public sealed class StartTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public StartTests() => engine.Register("\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task SameNameAndInputWhileRunning_IsTheSameExecution()
    {
        var first = await engine.Engine.StartAsync(EngineFixture.Machine, "a", "{}");
        var second = await engine.Engine.StartAsync(EngineFixture.Machine, "a", "{}");

        second.Should().Be(first);
        engine.Engine.ListExecutions(EngineFixture.Machine).Should().ContainSingle();
    }

    [Fact]
    public async Task SameNameOtherInput_AlreadyExists()
    {
        await engine.Engine.StartAsync(EngineFixture.Machine, "a", "{}");

        await engine.Engine.Invoking(it => it.StartAsync(EngineFixture.Machine, "a", "[]")).Should().ThrowAsync<ExecutionAlreadyExistsException>();
    }

    [Fact]
    public async Task SameNameAfterTheEnd_AlreadyExistsEvenAfterRestart()
    {
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine, "a", "{}")).ExecutionArn;
        await engine.Engine.StopAsync(arn);
        await engine.RestartAsync();
        engine.Register("\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");

        (await engine.Engine.Invoking(it => it.StartAsync(EngineFixture.Machine, "a", "{}")).Should().ThrowAsync<ExecutionAlreadyExistsException>()).Which.Message.Should().Contain("ABORTED");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a\u0001")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task NameAwsForbids_IsRefused(string name) =>
        await engine.Engine.Invoking(it => it.StartAsync(EngineFixture.Machine, name)).Should().ThrowAsync<InvalidNameException>();

    [Fact]
    public async Task InputThatIsNotJsonOrTooLarge_IsRefused()
    {
        await engine.Engine.Invoking(it => it.StartAsync(EngineFixture.Machine, "a", "{")).Should().ThrowAsync<InvalidExecutionInputException>();
        await engine.Engine.Invoking(it => it.StartAsync(EngineFixture.Machine, "a", $"\"{new string('é', 131_072)}\"")).Should().ThrowAsync<InvalidExecutionInputException>();
    }

    [Fact]
    public async Task UnknownMachineOrExecution_IsNamed()
    {
        await engine.Engine.Invoking(it => it.StartAsync("arn:none")).Should().ThrowAsync<StateMachineDoesNotExistException>();
        engine.Engine.Invoking(it => it.DescribeExecution("arn:none")).Should().Throw<ExecutionDoesNotExistException>();
        engine.Engine.Invoking(it => it.DescribeMapRun("arn:none")).Should().Throw<ResourceNotFoundException>();
        engine.Engine.Invoking(it => it.Register("m", "arn:aws:states:r:1:stateMachine:other", "{}")).Should().Throw<InvalidNameException>();
    }

    [Fact]
    public async Task List_FiltersByStatus()
    {
        await engine.Engine.StartAsync(EngineFixture.Machine, "a");
        var stopped = await engine.Engine.StartAsync(EngineFixture.Machine, "b");
        await engine.Engine.StopAsync(stopped.ExecutionArn);

        engine.Engine.ListExecutions(status: ExecutionStatus.Aborted).Should().ContainSingle().Which.Name.Should().Be("b");
        engine.Engine.ListExecutions().Should().HaveCount(2);
        engine.Engine.ListStateMachines().Should().ContainSingle().Which.Name.Should().Be("m");
    }
}
