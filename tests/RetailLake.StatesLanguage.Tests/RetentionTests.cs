namespace RetailLake.StatesLanguage.Tests;

/// <summary>What ended long ago goes, with all its files; what a person may still need stays.</summary>
public sealed class RetentionTests : IAsyncDisposable
{
    private const string Pass = "\"P\":{\"Type\":\"Pass\",\"End\":true}";
    private const string PassOrFail = """
        "C":{"Type":"Choice","Choices":[{"Variable":"$.fail","IsPresent":true,"Next":"F"}],"Default":"P"},"F":{"Type":"Fail","Error":"Told"},"P":{"Type":"Pass","End":true}
        """;

    private const string Map = """
        "M":{"Type":"Map","ItemsPath":"$.items","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}
        """;

    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task OfWhatSucceeded_TheNewestStay_AndWhatFailedStays()
    {
        await RestartKeepingAsync(3);
        engine.Register(PassOrFail);
        await FinishAsync("failed", """{"fail":1}""");
        await ManyAsync(70);

        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();

        engine.Engine.ListExecutions().Select(execution => execution.Name).Should().BeEquivalentTo("n67", "n68", "n69", "failed");
        Files("*.journal").Should().BeEquivalentTo("n67.journal", "n68.journal", "n69.journal", "failed.journal", "index.journal");
        engine.Register(PassOrFail);
        (await engine.RedriveAsync(Arn("failed"))).Summary.RedriveCount.Should().Be(1);
    }

    [Fact]
    public async Task WhileTheEngineRuns_ItForgetsToo_AndANameThatIsForgottenMayBeTakenAgain()
    {
        await RestartKeepingAsync(3);
        engine.Register(Pass);

        await ManyAsync(64);

        engine.Engine.ListExecutions().Should().HaveCount(3);
        engine.Engine.FindExecution(EngineFixture.Machine, "n0").Should().BeNull();
        engine.Engine.Invoking(it => it.GetHistory(Arn("n0"))).Should().Throw<ExecutionDoesNotExistException>();
        (await FinishAsync("n0")).Status.Should().Be(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task MapRunsAndTheirChildren_GoWithTheirExecution()
    {
        engine.Register(Map);
        await FinishAsync("old", """{"items":[1,2,3]}""");
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await FinishAsync("new", """{"items":[4]}""");
        Files("*.json").Should().HaveCount(2 + 2, "each has its items, and there are two definitions");

        await RestartKeepingAsync(1);
        await engine.Engine.ResumeAsync();

        var left = engine.Engine.ListMapRuns(Arn("new")).Single();
        engine.Engine.ListExecutions(mapRunArn: left.MapRunArn).Should().ContainSingle();
        Files("*.json").Should().HaveCount(1 + 2);
        Files("*.journal").Should().HaveCount(3, "one of the execution, one of its child, and the index");
        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();
        engine.Engine.ListExecutions().Should().ContainSingle().Which.Name.Should().Be("new");
    }

    [Fact]
    public async Task AfterNinetyDays_NothingThatEndedIsKept()
    {
        engine.Register(PassOrFail);
        await FinishAsync("good");
        await FinishAsync("bad", """{"fail":1}""");

        engine.Time.Advance(TimeSpan.FromDays(89));
        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();
        engine.Engine.ListExecutions().Should().HaveCount(2);

        engine.Time.Advance(TimeSpan.FromDays(2));
        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();
        engine.Engine.ListExecutions().Should().BeEmpty();
        Files("*.journal").Should().Equal("index.journal");
    }

    [Fact]
    public async Task KilledAmidTheFiles_ForgetsTheRest()
    {
        engine.Register(Map);
        await FinishAsync("old", """{"items":[1,2,3]}""");
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await FinishAsync("new", """{"items":[4]}""");
        var mapRun = engine.Engine.ListMapRuns(Arn("old")).Single();
        File.Delete(Path.Combine(engine.Folder, "map-runs", mapRun.MapRunArn[(mapRun.MapRunArn.LastIndexOf(':') + 1)..] + ".json"));
        File.Delete(Directory.GetFiles(engine.Folder, "000001-*.journal", SearchOption.AllDirectories).Single());

        await RestartKeepingAsync(1);
        await engine.Engine.ResumeAsync();

        engine.Engine.ListExecutions().Should().ContainSingle().Which.Name.Should().Be("new");
        Files("*.journal").Should().HaveCount(3, "one of the execution, one of its child, and the index");
        Files("*.json").Should().HaveCount(1 + 2);
        engine.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task IndexOfAnEngineThatRunsForDays_DoesNotGrow()
    {
        await RestartKeepingAsync(3);
        engine.Register(Pass);

        await ManyAsync(1_000);

        File.ReadLines(Path.Combine(engine.Folder, "index.journal")).Should().HaveCountLessThan(1_500, "3,000 lines were written");
        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();
        engine.Engine.ListExecutions().Select(execution => execution.Name).Should().BeEquivalentTo("n997", "n998", "n999");
    }

    private async Task RestartKeepingAsync(int succeeded)
    {
        engine.MostSucceeded = succeeded;
        await engine.RestartAsync();
    }

    private async Task ManyAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            engine.Time.Advance(TimeSpan.FromSeconds(1));
            await FinishAsync($"n{number}");
        }
    }

    private async Task<ExecutionDescription> FinishAsync(string name, string input = "{}") => await engine.FinishAsync((await engine.Engine.StartAsync(EngineFixture.Machine, name, input)).ExecutionArn);

    private IEnumerable<string> Files(string pattern) => Directory.GetFiles(engine.Folder, pattern, SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Arn(string name) => $"{EngineFixture.Machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";
}
