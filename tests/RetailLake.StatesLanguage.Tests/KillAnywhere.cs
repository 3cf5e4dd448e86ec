namespace RetailLake.StatesLanguage.Tests;

/// <summary>Whatever record was the last before the process died, the execution ends as it would have, if need be by a redrive.</summary>
public sealed class KillAnywhere : IAsyncDisposable
{
    private const string Machine = """
        {"StartAt":"First","TimeoutSeconds":90000,"States":{
          "First":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"flaky","Payload.$":"$"},"ResultSelector":{"p.$":"$.Payload"},
            "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":5,"MaxAttempts":3}],"Assign":{"seen.$":"$.p"},"Next":"Pause"},
          "Pause":{"Type":"Wait","Seconds":30,"Next":"Each"},
          "Each":{"Type":"Map","ItemsPath":"$.p.items","MaxConcurrency":2,"ResultPath":"$.each","Next":"Both",
            "ItemProcessor":{"StartAt":"Double","States":{"Double":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"double","Payload.$":"$"},"OutputPath":"$.Payload","Next":"Rest"},"Rest":{"Type":"Wait","Seconds":1,"End":true}}}},
          "Both":{"Type":"Parallel","ResultPath":"$.both","Next":"Spread","Branches":[
            {"StartAt":"L","States":{"L":{"Type":"Pass","Result":"l","End":true}}},
            {"StartAt":"R","States":{"R":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"double","Payload":4},"OutputPath":"$.Payload","End":true}}}]},
          "Spread":{"Type":"Map","Label":"spread","ItemsPath":"$.each","ResultPath":"$.spread","Next":"Ask",
            "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"Again","States":{"Again":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"double","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}},
          "Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},"TimeoutSeconds":600,"ResultPath":"$.answer","Next":"Done"},
          "Done":{"Type":"Pass","Parameters":{"all.$":"$","seen.$":"$seen.items"},"End":true}}}
        """;

    private readonly EngineFixture engine = new();

    public async ValueTask DisposeAsync() => await engine.DisposeAsync();

    [Fact]
    public async Task AfterEveryRecord_TheOutputIsTheSame()
    {
        Wire(engine, flaky: true);
        var whole = await engine.RunAsync(Machine, """{"items":[1,2,3]}""", "e");
        whole.Status.Should().Be(ExecutionStatus.Succeeded);
        await engine.Engine.DisposeAsync();
        var lines = File.ReadAllLines(JournalTests.JournalOf(engine.Folder, "e"));
        lines.Length.Should().BeGreaterThan(70);

        for (var kept = 1; kept <= lines.Length; kept++)
        {
            await using var copy = JournalTests.Copy(engine.Folder);
            Wire(copy, flaky: false);
            File.WriteAllText(JournalTests.JournalOf(copy.Folder, "e"), string.Concat(lines.Take(kept).Select(line => line + "\n")));
            copy.Engine.Host.Index.Put(whole.Summary with { Status = ExecutionStatus.Running, StopDate = null });
            await copy.Engine.ResumeAsync();

            var ended = await FinishAsync(copy, whole.Summary.ExecutionArn);

            ended.Output.Should().Be(whole.Output, "the process died after record {0}: {1}", kept, lines[kept - 1]);
            var ids = copy.Engine.GetHistory(whole.Summary.ExecutionArn).Select(happened => happened.Id).ToList();
            ids.Should().Equal(Enumerable.Range(1, ids.Count).Select(id => (long)id));
        }
    }

    [Fact]
    public async Task AfterEveryRecordOfAChild_TheOutputIsTheSame()
    {
        Wire(engine, flaky: false);
        var whole = await engine.RunAsync(Machine, """{"items":[1,2,3]}""", "e");
        var mapRun = engine.Engine.ListMapRuns(whole.Summary.ExecutionArn).Single();
        var child = engine.Engine.ListExecutions(mapRunArn: mapRun.MapRunArn).Single(child => child.ItemIndex == 1);
        await engine.Engine.DisposeAsync();
        var parentLines = File.ReadAllLines(JournalTests.JournalOf(engine.Folder, "e"));
        var started = Array.FindIndex(parentLines, line => line.Contains("\"MapRunStarted\"", StringComparison.Ordinal)) + 1;
        var file = Path.Combine("executions", "m", "spread", child.Name + ".journal");
        var lines = File.ReadAllLines(Path.Combine(engine.Folder, file));

        for (var kept = 0; kept <= lines.Length; kept++)
        {
            await using var copy = JournalTests.Copy(engine.Folder);
            Wire(copy, flaky: false);
            File.WriteAllText(JournalTests.JournalOf(copy.Folder, "e"), string.Concat(parentLines.Take(started).Select(line => line + "\n")));
            File.WriteAllText(Path.Combine(copy.Folder, file), string.Concat(lines.Take(kept).Select(line => line + "\n")));
            copy.Engine.Host.Index.Put(whole.Summary with { Status = ExecutionStatus.Running, StopDate = null });
            copy.Engine.Host.Index.Put(child with { Status = ExecutionStatus.Running, StopDate = null });
            await copy.Engine.ResumeAsync();

            (await FinishAsync(copy, whole.Summary.ExecutionArn)).Output.Should().Contain("\"spread\":[4,8,12]", "the child's journal had {0} records", kept);
            copy.Engine.ListExecutions(mapRunArn: mapRun.MapRunArn).Should().HaveCount(3).And.OnlyContain(summary => summary.Status == ExecutionStatus.Succeeded);
        }
    }

    [Fact]
    public async Task RestartWhileRunning_AtManyInstants_EndsTheSame()
    {
        for (var instant = 0; instant < 25; instant++)
        {
            await using var fixture = new EngineFixture();
            Wire(fixture, flaky: true);
            fixture.Register(Machine);
            var arn = (await fixture.Engine.StartAsync(EngineFixture.Machine, "e", """{"items":[1,2,3]}""")).ExecutionArn;
            for (var turn = 0; turn < instant * 2; turn++)
            {
                await Task.Delay(1);
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
            }

            await fixture.RestartAsync();
            await fixture.Engine.ResumeAsync();

            (await FinishAsync(fixture, arn)).Output.Should().Contain("\"answer\":\"yes\"").And.Contain("\"spread\":[4,8,12]");
            fixture.Engine.ListExecutions(status: ExecutionStatus.Running).Should().BeEmpty();
        }
    }

    private static async Task<ExecutionDescription> FinishAsync(EngineFixture copy, string arn)
    {
        var ended = await copy.FinishAsync(arn, 5);
        for (var redrives = 0; ended.Status != ExecutionStatus.Succeeded && redrives < 2; redrives++)
        {
            ended.RedriveStatus.Should().Be(RedriveStatus.Redrivable);
            await copy.Engine.RedriveAsync(arn);
            ended = await copy.FinishAsync(arn, 5);
        }

        return ended;
    }

    private static void Wire(EngineFixture fixture, bool flaky)
    {
        var calls = 0;
        fixture.On("flaky", payload => flaky && Interlocked.Increment(ref calls) == 1 ? throw new TaskFailedException("Flaky", null) : payload?.DeepClone());
        fixture.On("double", payload => payload!.GetValue<int>() * 2);
        fixture.On("ask", payload =>
        {
            var token = payload!["token"]!.GetValue<string>();
            _ = Task.Run(async () =>
            {
                await Task.Delay(2);
                await fixture.Engine.SendTaskSuccessAsync(token, "\"yes\"");
            });
            return null;
        });
    }
}
