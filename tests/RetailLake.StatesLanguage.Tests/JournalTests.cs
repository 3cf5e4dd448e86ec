namespace RetailLake.StatesLanguage.Tests;

public sealed class JournalTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task LastRecordTornAtEveryByte_IsLeftOutAndTheExecutionGoesOn()
    {
        engine.On("f", payload => payload?.DeepClone());
        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"Next\":\"P\"")},\"P\":{{\"Type\":\"Pass\",\"End\":true}}", """{"é":1}""", "e");
        await engine.Engine.DisposeAsync();
        var journal = File.ReadAllBytes(JournalOf(engine.Folder, "e"));
        var lastStart = Array.LastIndexOf(journal, (byte)'\n', journal.Length - 2) + 1;
        var output = ended.Output;

        for (var length = lastStart; length < journal.Length; length++)
        {
            await using var copy = Copy(engine.Folder);
            File.WriteAllBytes(JournalOf(copy.Folder, "e"), journal[..length]);
            MarkRunning(copy, ended.Summary);

            var again = await copy.FinishAsync(ended.Summary.ExecutionArn);

            (again.Status, again.Output).Should().Be((ExecutionStatus.Succeeded, output), "the journal was cut at byte {0}", length);
            copy.Engine.GetHistory(ended.Summary.ExecutionArn).Select(happened => happened.Id).Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    [Fact]
    public async Task DamageInTheMiddle_IsAnErrorAndTheFileStays()
    {
        var ended = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"End\":true}", name: "e");
        var file = JournalOf(engine.Folder, "e");
        var journal = File.ReadAllBytes(file);
        journal[30] ^= 1;
        File.WriteAllBytes(file, journal);

        engine.Engine.Invoking(it => it.GetHistory(ended.Summary.ExecutionArn)).Should().Throw<JournalDamagedException>().WithMessage("Found a damaged record at byte 0*");
        File.ReadAllBytes(file).Should().Equal(journal);
    }

    [Fact]
    public async Task DamagedRunningExecution_IsReportedAndTheOthersGoOn()
    {
        engine.Register("\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");
        var good = (await engine.Engine.StartAsync(EngineFixture.Machine, "good")).ExecutionArn;
        var bad = (await engine.Engine.StartAsync(EngineFixture.Machine, "bad")).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Types(bad).Contains("WaitStateEntered"));
        await engine.Engine.DisposeAsync();
        var journal = File.ReadAllBytes(JournalOf(engine.Folder, "bad"));
        journal[30] ^= 1;
        File.WriteAllBytes(JournalOf(engine.Folder, "bad"), journal);

        await engine.RestartAsync();
        (await engine.Engine.ResumeAsync()).Should().Be(1);

        (await engine.FinishAsync(good)).Status.Should().Be(ExecutionStatus.Succeeded);
        engine.Engine.ListExecutions(status: ExecutionStatus.Failed).Should().ContainSingle().Which.Name.Should().Be("bad");
        engine.Faults.Should().ContainSingle().Which.Should().BeOfType<JournalDamagedException>();
    }

    [Fact]
    public async Task IndexTornAtEveryByteOfItsLastLine_LosesNoExecution()
    {
        var ended = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"End\":true}", name: "e");
        await engine.Engine.DisposeAsync();
        var index = File.ReadAllBytes(Path.Combine(engine.Folder, "index.journal"));
        var lastStart = Array.LastIndexOf(index, (byte)'\n', index.Length - 2) + 1;

        for (var length = lastStart; length < index.Length; length += 7)
        {
            await using var copy = Copy(engine.Folder);
            await copy.Engine.DisposeAsync();
            File.WriteAllBytes(Path.Combine(copy.Folder, "index.journal"), index[..length]);
            await copy.RestartAsync();
            await copy.Engine.ResumeAsync();

            copy.Engine.DescribeExecution(ended.Summary.ExecutionArn).Status.Should().Be(ExecutionStatus.Succeeded);
        }
    }

    [Fact]
    public async Task StartWithoutItsFirstRecord_WasNeverAcknowledged()
    {
        var ended = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"End\":true}", name: "e");
        await engine.Engine.DisposeAsync();
        await using var copy = Copy(engine.Folder);
        File.WriteAllBytes(JournalOf(copy.Folder, "e"), []);
        MarkRunning(copy, ended.Summary);

        copy.Engine.ListExecutions().Should().BeEmpty();
        copy.Register("\"P\":{\"Type\":\"Pass\",\"End\":true}");
        (await copy.FinishAsync((await copy.Engine.StartAsync(EngineFixture.Machine, "e")).ExecutionArn)).Status.Should().Be(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task LostIndex_IsMadeAgainFromTheJournals()
    {
        var ended = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"End\":true}", name: "e");
        await engine.Engine.DisposeAsync();
        File.Delete(Path.Combine(engine.Folder, "index.journal"));
        await engine.RestartAsync();

        await engine.Engine.ResumeAsync();

        engine.Engine.DescribeExecution(ended.Summary.ExecutionArn).Status.Should().Be(ExecutionStatus.Succeeded);
    }

    [Fact]
    public void SecondEngineOnTheFolder_IsRefused() =>
        FluentActions.Invoking(() => new EngineFixture(engine.Folder)).Should().Throw<FolderInUseException>().WithMessage("*in use by another engine*");

    [Fact]
    public async Task AttemptInFlight_FailsAsLambdaUnknownAndItsRetrierApplies()
    {
        engine.On("f", async (payload, _, token) =>
        {
            if (engine.Calls("T") == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return "second";
        });
        engine.Register($"\"T\":{EngineFixture.Invoke("f", "\"Retry\":[{\"ErrorEquals\":[\"Lambda.Unknown\"]}],\"End\":true")}");
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine)).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Calls("T") == 1);

        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();

        (await engine.FinishAsync(arn)).Output.Should().Be("\"second\"");
        engine.Types(arn).Should().ContainInOrder("LambdaFunctionStarted", "LambdaFunctionFailed", "LambdaFunctionScheduled", "LambdaFunctionSucceeded");
    }

    [Fact]
    public async Task WaitsAndRetryDelays_ReArm()
    {
        engine.Failing("f", "A");
        engine.Register($"\"T\":{EngineFixture.Invoke("f", "\"Retry\":[{\"ErrorEquals\":[\"A\"],\"IntervalSeconds\":100}],\"Next\":\"W\"")},\"W\":{{\"Type\":\"Wait\",\"Seconds\":100,\"End\":true}}");
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine)).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Timers.Contains(TimeSpan.FromSeconds(100)));
        var started = engine.Time.GetUtcNow();

        engine.Time.Advance(TimeSpan.FromSeconds(60));
        await engine.RestartAsync();
        await engine.Engine.ResumeAsync();
        engine.Calls("T").Should().Be(1);
        var ended = await engine.FinishAsync(arn);

        engine.Calls("T").Should().Be(2);
        (ended.Summary.StopDate - started)!.Value.TotalSeconds.Should().BeInRange(200, 215);
    }

    internal static EngineFixture Copy(string folder)
    {
        var target = Path.Combine(Path.GetTempPath(), "states-" + Guid.NewGuid().ToString("n"));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return new EngineFixture(target).On("f", payload => payload?.DeepClone());
    }

    internal static string JournalOf(string folder, string name) => Path.Combine(folder, "executions", "m", name + ".journal");

    // As it stands before the end is in the index; the engine corrects the index from journals it calls running.
    private static void MarkRunning(EngineFixture copy, ExecutionSummary summary)
    {
        copy.Engine.Host.Index.Put(summary with { Status = ExecutionStatus.Running, StopDate = null });
        copy.Engine.ResumeAsync();
    }
}
